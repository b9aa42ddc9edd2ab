'use strict';
(() => {
  const all = (selector, of = document) => [...of.querySelectorAll(selector)];

  /* What is referred to may be folded: it is unfolded, and then shown. */
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const own = target.tagName === 'ARTICLE' && target.querySelector(':scope > details');
    if (own) own.open = true;
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === 'DETAILS') at.open = true;
      if (at.tagName === 'ARTICLE') at.hidden = false;
    }
    target.scrollIntoView();
    const focus = own ? own.firstElementChild : target.querySelector('summary, a, input');
    if (focus) focus.focus({ preventScroll: true });
  };

  /* Each drawing of many is one stop of the keyboard, in which arrows lead on. */
  const stops = all('.calendar, .matrix').map((group) => {
    const links = all('a', group);
    const shown = () => links.filter((link) => !link.closest('[hidden]'));
    const stop = (at) => {
      for (const link of links) link.setAttribute('tabindex', link === at ? 0 : -1);
    };
    group.setAttribute('aria-description', 'Arrow keys lead from one to the next.');
    group.addEventListener('focusin', (event) => stop(event.target.closest('a')));
    group.addEventListener('keydown', (event) => {
      const these = shown();
      const at = these.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: these.length - 1 }[event.key];
      if (at < 0 || !these[to]) return;
      event.preventDefault();
      these[to].focus();
    });
    const first = () => stop(shown()[0]);
    first();
    return first;
  });

  /* The state of the filters stands in the address: #?outcome=blocked&system=payments-db&rule=backup/restore-tested */
  const form = document.querySelector('.filters');
  const articles = all('article.p');
  const places = new Map();
  for (const place of all('[data-p]')) {
    const number = 'p' + place.dataset.p;
    if (!places.has(number)) places.set(number, []);
    places.get(number).push(place);
  }

  /* Windows that have no line are counted by the same filters. */
  const counted = all('[data-more]');
  const recount = () => {
    for (const place of counted) {
      const fit = place.dataset.more.split(' ').map((number) => document.getElementById('p' + number)).filter((article) => !article.hidden);
      const of = (outcome) => fit.filter((article) => article.dataset.o === outcome).length;
      const came = ['undecided', 'blocked'].filter((outcome) => of(outcome) > 0).map((outcome) => `, ${of(outcome)} of them ${outcome}`);
      place.textContent = `${fit.length} more window${fit.length === 1 ? '' : 's'} in this week${came.join('')}`;
      place.hidden = fit.length === 0;
    }
  };

  const apply = (wanted) => {
    const outcomes = wanted.getAll('outcome');
    const system = (wanted.get('system') || '').trim().toLowerCase();
    /* An article has its rules by the numbers of this page, which the next one may give to others. */
    const rule = form.elements.rule.selectedOptions[0].dataset.r;
    let shown = 0;
    for (const article of articles) {
      const { o, s, r } = article.dataset;
      const fits = (!outcomes.length || outcomes.includes(o)) &&
        (!system || s.toLowerCase().includes(system)) &&
        (!rule || r.split(' ').includes(rule));
      article.hidden = !fits;
      for (const place of places.get(article.id) || []) place.toggleAttribute('hidden', !fits);
      shown += fits;
    }
    recount();
    for (const first of stops) first();
    form.querySelector('output').textContent = shown + ' of ' + articles.length + ' shown';
  };

  const wanted = () => {
    const filled = [...new FormData(form)].filter(([, value]) => value !== '');
    return new URLSearchParams(filled);
  };

  const change = () => {
    const now = wanted();
    history.replaceState(null, '', now.size ? '#?' + now : location.pathname + location.search);
    apply(now);
  };

  const restore = () => {
    if (!form || !location.hash.startsWith('#?')) return false;
    const now = new URLSearchParams(location.hash.slice(2));
    for (const box of form.elements.outcome ? all('[name=outcome]', form) : []) {
      box.checked = now.getAll('outcome').includes(box.value);
    }
    form.elements.system.value = now.get('system') || '';
    const { rule } = form.elements;
    rule.value = now.get('rule') || '';
    if (rule.selectedIndex < 0) rule.selectedIndex = 0;
    apply(wanted());
    return true;
  };

  if (form) {
    form.hidden = false;
    document.querySelector('.skip[hidden]').hidden = false;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', change);
    form.addEventListener('reset', () => setTimeout(change));
    apply(wanted());
  }

  /* Where a drawing is wider than its place, what has no room in it is seen first. What begins in sight is seen, and leaves the names there. */
  const settle = (within) => {
    for (const drawing of all('.times .drawing', within)) {
      if (drawing.scrollWidth <= drawing.clientWidth) continue;
      const { right } = drawing.getBoundingClientRect();
      const ends = [];
      let seen = false;
      for (const at of all('.bad', drawing)) {
        const place = at.getBoundingClientRect();
        const begins = place.left <= right - 16;
        /* A text behind what begins in sight says no more than that is denied. */
        const isText = at.tagName === 'text';
        if (!begins && !(isText && seen)) ends.push(place.right);
        seen = !isText && (seen || begins);
      }
      if (ends.length > 0) drawing.scrollLeft += Math.max(...ends) - right + 16;
    }
  };
  addEventListener('toggle', (event) => settle(event.target), true);
  all('.one').forEach(settle);

  const arrive = () => {
    if (restore()) form.scrollIntoView();
    else reveal();
  };

  /* On paper nothing unfolds: all of what is open is, and of other proposals what blocks them. */
  let folded = [];
  addEventListener('beforeprint', () => {
    const brief = all('article:is(.blocked, .undecided):not([hidden]) > details:not([open])');
    for (const details of brief) details.classList.add('briefly');
    folded = [...all('.one details:not([open]), .p > details[open] details:not([open]), .run details:not([open])'), ...brief];
    for (const details of folded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of folded) {
      details.open = false;
      details.classList.remove('briefly');
    }
    folded = [];
  });

  addEventListener('hashchange', arrive);
  arrive();
})();
