// What the pages of mdBook lack for those who have no mouse and no eyes for it.
'use strict';

// It is a label that acts as a button, and says so of itself by attributes that a label can't have.
for (const label of document.querySelectorAll('label[aria-label]')) label.setAttribute('role', 'button');

// What scrolls by itself can be reached by keyboard, and scrolled.
for (const scrolls of document.querySelectorAll('pre > code, .table-wrapper')) {
  if (scrolls.scrollWidth > scrolls.clientWidth) scrolls.tabIndex = 0;
}
