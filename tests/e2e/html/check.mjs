// Opens pages in a real Chromium, and holds them to what docs/reports.md says of them: `check.mjs MODULES CHROMIUM PAGES [SHOTS]`.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { start } from './browser.mjs';

const [modules, executablePath, pages, shots] = process.argv.slice(2).map((folder) => path.resolve(folder));
const { hold, blank, accessible: axe, end } = await start(modules, executablePath);

const url = (name) => pathToFileURL(path.join(pages, `${name}.html`)).href;

async function open(name, options = {}, hash = '') {
  const opened = await blank(options);
  await opened.page.goto(url(name) + hash, { waitUntil: 'load' });
  return opened;
}

/** What holds of every page, by day and by night. */
async function everyPage(name) {
  for (const colorScheme of ['light', 'dark']) {
    const { page, context, said, asked } = await open(name, { colorScheme });
    await page.waitForTimeout(50);
    hold(name, 'it says something', said.length === 0, said);
    hold(name, 'it asks for something', asked.length === 1, asked);
    const strange = await page.evaluate(() => ({
      ran: globalThis.pwned !== undefined,
      elements: [...document.querySelectorAll('img, iframe, object, embed, link, base, audio, video, [style], [srcdoc], [onload], [onerror], [onclick]')].length,
      scripts: document.scripts.length,
      forms: [...document.forms].filter((form) => !form.matches('.filters')).length,
      links: [...document.querySelectorAll('[href]')].map((a) => a.getAttribute('href')).filter((href) => !href.startsWith('#')),
    }));
    const scripts = /^(coverage|trace)/.test(name) ? 0 : 1;
    hold(name, 'a text of others came to be more than a text', !strange.ran && strange.elements === 0 && strange.scripts === scripts && strange.forms === 0 && strange.links.length === 0, strange);
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${colorScheme}.png`), fullPage: name !== 'many' });
    await context.close();
    /* Of pages that are large, a small one of the same kind is among the others. */
    if (name !== 'many' && name !== 'fleet') await accessible(name, colorScheme);
  }
}

/** axe-core needs to be let in, which the page's own policy does not. The first proposals are unfolded for it. */
async function accessible(name, colorScheme) {
  const { page, context } = await open(name, { colorScheme, bypassCSP: true });
  await page.evaluate(() => {
    const few = [...document.querySelectorAll('article')].slice(0, 2);
    for (const of of few) for (const details of of.querySelectorAll('details')) details.open = true;
  });
  const light = (await axe(page, name, colorScheme)).map(({ id, nodes }) => `${id} (${nodes.length})`);
  if (light.length > 0) console.log(`${name}: axe in ${colorScheme}, of less weight: ${light.join(', ')}`);
  await context.close();
}

/** Whoever has no mouse reaches each finding, and unfolds it. */
async function byKeyboard() {
  const { page, context } = await open('blocked');
  const wanted = await page.evaluate(() => document.querySelectorAll('.f .why > summary').length);
  const reached = new Set();
  for (let presses = 0; presses < 400 && reached.size < wanted; presses += 1) {
    await page.keyboard.press('Tab');
    const anchor = await page.evaluate(() => {
      const at = document.activeElement;
      return at?.matches('.f .why > summary') ? at.closest('.f').id : null;
    });
    if (anchor && !reached.has(anchor)) {
      reached.add(anchor);
      await page.keyboard.press('Enter');
    }
  }
  const opened = await page.evaluate(() => document.querySelectorAll('.f .why[open]').length);
  hold('blocked', 'findings that the keyboard reaches and unfolds', wanted > 5 && reached.size === wanted && opened === wanted, { wanted, reached: reached.size, opened });
  await context.close();
}

/** Of many proposals the list is a few steps away, and calendar and matrix are one each. */
async function throughAFleet() {
  const { page, context } = await open('fleet');
  const at = () => page.evaluate(() => {
    const focus = document.activeElement;
    const group = focus.closest('.calendar, .matrix');
    return { text: focus.textContent, href: focus.getAttribute('href') ?? '', in: group?.className ?? '', article: focus.closest('article') !== null };
  });
  const ways = [];
  for (let presses = 0; presses < 3; presses += 1) {
    await page.keyboard.press('Tab');
    ways.push((await at()).href);
  }
  hold('fleet', 'the ways past', String(ways) === '#main,#filters,#proposals', ways);
  const stops = { calendar: 0, matrix: 0, all: 3 };
  for (; stops.all < 100 && !(await at()).article; stops.all += 1) {
    await page.keyboard.press('Tab');
    for (const name of ['calendar', 'matrix']) stops[name] += (await at()).in.includes(name);
  }
  hold('fleet', 'stops of the keyboard before the first proposal', stops.calendar === 1 && stops.matrix === 1 && stops.all < 40, stops);
  await page.locator('.calendar a[tabindex="0"]').focus();
  const first = await at();
  await page.keyboard.press('ArrowRight');
  const second = await at();
  await page.keyboard.press('End');
  const last = await at();
  hold('fleet', 'arrows lead on in the calendar', new Set([first.href, second.href, last.href]).size === 3 && last.in.includes('calendar'), { first, second, last });
  await page.locator('.skip[href="#proposals"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  hold('fleet', 'the way to the proposals', (await at()).article, await at());
  await context.close();
}

/** Without the script all of one proposal can be read. */
async function withoutScript() {
  const { page, context } = await open('blocked', { javaScriptEnabled: false });
  const text = await page.locator('main').innerText();
  hold('blocked', 'without its script the verdict and what to do are there', text.includes('Blocked') && text.includes('the rollback has no steps') && text.includes('list the steps in'));
  await page.locator('.f .why > summary').first().click();
  hold('blocked', 'without its script a finding unfolds', await page.locator('.f .because').first().isVisible());
  await context.close();
}

/** A value that a finding rests on may lie in lines that are folded. */
async function toItsLine() {
  const { page, context } = await open('blocked');
  const folded = await page.evaluate(() => {
    const links = [...document.querySelectorAll('.because a')];
    return links.map((link) => link.getAttribute('href')).find((href) => document.querySelector(href)?.closest('.fold:not([open])'));
  });
  hold('blocked', 'a value stands in folded lines', folded !== undefined);
  await page.evaluate((href) => { location.hash = href; }, folded);
  await page.waitForTimeout(100);
  hold('blocked', 'the line of a value is shown', await page.locator(folded).isVisible());
  const broken = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]:not([href^="#?"])')].map((a) => a.getAttribute('href')).filter((href) => !document.getElementById(href.slice(1))));
  hold('blocked', 'links that lead nowhere', broken.length === 0, broken);
  await context.close();
}

/** On paper a proposal is unfolded, of several there is what blocks each, and nothing is cut. */
async function onPaper() {
  const printed = async (name) => {
    const { page, context } = await open(name, { viewport: { width: 718, height: 1000 } });
    const pdf = await page.pdf({ format: 'A4', printBackground: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    return { page, context, pages };
  };
  const blocked = await printed('blocked');
  const hidden = await blocked.page.evaluate(() => [...document.querySelectorAll('.because, .fold li')].filter((at) => at.getClientRects().length === 0).length);
  hold('blocked', 'parts that are not printed', hidden === 0, hidden);
  await blocked.page.evaluate(() => dispatchEvent(new Event('afterprint')));
  hold('blocked', 'it can be printed', blocked.pages > 2 && blocked.pages < 40, blocked.pages);
  if (shots) await blocked.page.screenshot({ path: path.join(shots, 'blocked-print.png'), fullPage: true });
  await blocked.context.close();

  const fleet = await printed('fleet');
  const told = await fleet.page.evaluate(() => {
    const shown = (at) => at !== null && at.getClientRects().length > 0;
    const matrix = document.querySelector('.matrix');
    const articles = [...document.querySelectorAll('article.blocked, article.undecided')];
    return {
      silent: articles.filter((article) => !shown(article.querySelector('.blocks li, .brief li'))).length,
      whole: articles.filter((article) => shown(article.querySelector('.text'))).length,
      cut: matrix.scrollHeight - matrix.clientHeight,
      wide: document.documentElement.scrollWidth - innerWidth,
      pale: [...document.querySelectorAll('.key')].filter((at) => getComputedStyle(at, '::before').getPropertyValue('print-color-adjust') !== 'exact').length,
      beyond: [...matrix.querySelectorAll('th, td')].filter((at) => at.getBoundingClientRect().right > innerWidth + 1).length,
    };
  });
  hold('fleet', 'what blocks is printed of each, and no more', told.silent === 0 && told.whole === 0, told);
  hold('fleet', 'the matrix is cut on paper', told.cut <= 0 && told.wide <= 0 && told.beyond === 0, told);
  hold('fleet', 'colours of the calendar have no key on paper', told.pale === 0, told);
  hold('fleet', 'pages of paper', fleet.pages > 5 && fleet.pages < 60, fleet.pages);
  if (shots) await fleet.page.screenshot({ path: path.join(shots, 'fleet-print.png'), fullPage: true });
  await fleet.page.evaluate(() => dispatchEvent(new Event('afterprint')));
  const left = await fleet.page.evaluate(() => document.querySelectorAll('article details[open], .briefly').length);
  hold('fleet', 'after printing it is as it was', left === 0, left);
  await fleet.context.close();
}

/** The page is no wider than a phone; what is wider scrolls by itself. */
async function onAPhone() {
  for (const name of ['blocked', 'fleet', 'meeting', 'passed']) {
    const { page, context } = await open(name, { viewport: { width: 390, height: 844 } });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    hold(name, 'it is wider than a phone', width <= 390, width);
    if (name === 'blocked') {
      const seen = await page.evaluate(() => {
        const drawing = document.querySelector('.times .drawing');
        const { left, right } = drawing.getBoundingClientRect();
        const end = Math.max(...[...drawing.querySelectorAll('.part.bad')].map((at) => at.getBoundingClientRect().right));
        return { left, right, end };
      });
      hold(name, 'what has no room is in the picture on a phone', seen.left < seen.end && seen.end <= seen.right, seen);
      const ages = await page.evaluate(() => {
        const drawing = document.querySelector('.times .drawing[aria-label="before the window"]');
        return { at: drawing.scrollLeft, wider: drawing.scrollWidth > drawing.clientWidth, bad: drawing.querySelectorAll('text.label.bad').length };
      });
      hold(name, 'how old a test is hides what it is of on a phone', ages.at === 0 && ages.wider && ages.bad > 0, ages);
    }
    if (name === 'meeting') {
      await page.click('article.blocked summary');
      await page.waitForTimeout(50);
      const at = await page.evaluate(() => [...document.querySelectorAll('article.blocked .times .drawing')].map((drawing) => drawing.scrollLeft)[0]);
      hold(name, 'a denied bar that begins in sight hides the names on a phone', at === 0, at);
    }
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-phone.png`), fullPage: name !== 'fleet' });
    await context.close();
  }
  for (const width of [360, 500]) {
    const { page, context } = await open('trace-denied', { viewport: { width, height: 800 } });
    const seen = await page.evaluate(() => ({
      findings: document.querySelectorAll('.f').length,
      cut: [...document.querySelectorAll('.f, .came, .turn')].filter((at) => at.getBoundingClientRect().left < 0).length,
      skipped: document.querySelectorAll('.skipped .times').length,
      broken: [...document.querySelectorAll('.skipped .times')].filter((at) => at.getBoundingClientRect().height > 25).length,
    }));
    const whole = seen.findings > 0 && seen.skipped > 0 && seen.cut + seen.broken === 0;
    hold('trace-denied', `nothing is cut or broken at ${width} pixels`, whole, seen);
    if (shots) await page.screenshot({ path: path.join(shots, `trace-denied-${width}.png`), fullPage: true });
    await context.close();
  }
}

/** What was looked for stands in the address, and is found again by it. */
async function filters() {
  const shown = (page) => page.evaluate(() => {
    const seen = [...document.querySelectorAll('article.p')].filter((article) => !article.hidden);
    const bars = [...document.querySelectorAll('.calendar [data-p]:not([hidden])')].map((bar) => `p${bar.dataset.p}`);
    const ids = new Set(seen.map((article) => article.id));
    return { number: seen.length, outcomes: [...new Set(seen.map((article) => article.dataset.o))], astray: bars.filter((bar) => !ids.has(bar)).length };
  });
  const { page, context } = await open('fleet');
  const before = await shown(page);
  await page.locator('.filters input[value=pass]').focus();
  await page.keyboard.press('Space');
  const passes = await shown(page);
  const hash = await page.evaluate(() => location.hash);
  hold('fleet', 'those that pass', passes.number > 0 && passes.number < before.number && String(passes.outcomes) === 'pass' && passes.astray === 0 && hash === '#?outcome=pass', { passes, hash });
  await page.locator('.filters button').press('Enter');
  await page.waitForTimeout(50);
  await page.locator('.filters [name=system]').fill('wiki-1');
  const one = await shown(page);
  hold('fleet', 'those of a system', one.number > 0 && one.number < before.number, one);
  await page.locator('.filters [name=system]').fill('');
  await page.locator('.filters input[value=pass]').check();
  const more = await page.evaluate(() => [...document.querySelectorAll('[data-more]:not([hidden])')].map((place) => place.textContent));
  hold('fleet', 'windows without a line that do not fit', more.every((told) => !told.includes('blocked')), more);
  await page.locator('.filters input[value=pass]').uncheck();
  const rule = await page.locator('.filters select option', { hasText: 'backup/restore-tested' }).getAttribute('value');
  hold('fleet', 'a rule is named by its id in the address', rule === 'backup/restore-tested', rule);
  await page.locator('.filters select').selectOption(rule);
  const ruled = await shown(page);
  hold('fleet', 'those of a rule', ruled.number > 0 && ruled.number < before.number && String(ruled.outcomes) === 'blocked', ruled);
  await context.close();
  const again = await open('fleet', {}, `#?outcome=blocked&rule=${rule}`);
  hold('fleet', 'the address says what was looked for', (await shown(again.page)).number === ruled.number);
  await again.page.goto(url('fleet') + '#?rule=nobody/spoke');
  await again.page.waitForTimeout(100);
  const any = await shown(again.page);
  hold('fleet', 'a rule that did not speak leaves out none', any.number === before.number && await again.page.locator('.filters select').inputValue() === '', any);
  await again.page.goto(url('fleet') + '#p3');
  await again.page.waitForTimeout(100);
  hold('fleet', 'a proposal is unfolded by its address', await again.page.locator('#p3 > details').getAttribute('open') !== null);
  await again.context.close();
}

/** What the cases of a rule never ran is marked where it stands, in words, and each rule is a step away from the list. */
async function coverage() {
  const { page, context } = await open('coverage-hostile', { javaScriptEnabled: false });
  const never = page.locator('li.never');
  hold('coverage', 'lines that never ran say so', await never.count() === 1 && (await never.first().innerText()).startsWith('never'), await never.allInnerTexts());
  const branches = await page.locator('.covered .f').allInnerTexts();
  hold('coverage', 'branches that were never taken', branches.length === 3 && branches.every((text) => /^Branch at column \d+: (never|is never)/.test(text)), branches);
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Tab');
  hold('coverage', 'the third stop is the first rule', await page.locator('a[href="#rule-0"]:focus').count() === 1);
  await page.keyboard.press('Enter');
  hold('coverage', 'it leads to its text', await page.locator('#rule-0:target').count() === 1);
  await context.close();
  for (const name of ['coverage', 'coverage-hostile']) {
    const narrow = await open(name, { viewport: { width: 390, height: 800 } });
    const over = await narrow.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    hold(name, 'a phone has to be pushed sideways', over <= 0, over);
    if (shots) await narrow.page.screenshot({ path: path.join(shots, `${name}-phone.png`) });
    await narrow.context.close();
    /* The table is wider than that: words stay whole, and its frame is pushed. */
    const small = await open(name, { viewport: { width: 360, height: 800 } });
    const table = await small.page.evaluate(() => {
      const lines = (cell) => { const range = document.createRange(); range.selectNodeContents(cell); return range.getClientRects().length; };
      const broken = [...document.querySelectorAll('.shares thead th, .shares td')].filter((cell) => lines(cell) > 1 + (cell.children.length > 0)).map((cell) => cell.textContent);
      const frame = document.querySelector('.wide:has(> .shares)');
      return { broken, pushed: frame.scrollWidth > frame.clientWidth, over: document.documentElement.scrollWidth - innerWidth };
    });
    hold(name, 'words of the table are whole at 360 pixels, and its frame is pushed', table.broken.length === 0 && table.pushed && table.over <= 0, table);
    await small.context.close();
  }
}

/** Two thousand proposals: the time that the page itself took to its load event, the best of a few. */
async function many() {
  const times = [];
  /* A machine that does much else besides may need several goes. */
  for (let round = 0; round < 6 && !(Math.min(...times) < 2000); round += 1) {
    const { page, context } = await open('many');
    times.push(await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd));
    const listed = await page.evaluate(() => {
      const articles = [...document.querySelectorAll('article.p')];
      const blocked = articles.filter((article) => article.matches('.blocked, .undecided'));
      return { all: articles.length, blocked: blocked.length, silent: blocked.filter((article) => !article.querySelector('.blocks, .brief li')).length };
    });
    hold('many', 'proposals that are listed, each with what blocks it', listed.all === 2000 && listed.blocked > 1000 && listed.silent === 0, listed);
    const left = await page.evaluate(() => {
      const numbers = [...document.querySelectorAll('[data-more]')].flatMap((more) => more.dataset.more.split(' '));
      const of = (outcome) => numbers.filter((number) => document.getElementById(`p${number}`).dataset.o === outcome).length;
      const drawn = [...document.querySelectorAll('.calendar .slot.pass')].length;
      return { blocked: of('blocked'), pass: of('pass'), drawn };
    });
    console.log(`2,000 proposals: no line in the calendar for ${left.blocked} blocked and ${left.pass} passed, ${left.drawn} passed are drawn`);
    await context.close();
  }
  const best = Math.round(Math.min(...times));
  console.log(`2,000 proposals: ${best} ms to the load event`);
  hold('many', 'milliseconds until 2,000 proposals are there', best < 2000, best);
}

for (const file of readdirSync(pages).filter((name) => name.endsWith('.html')).sort()) {
  await everyPage(file.slice(0, -'.html'.length));
}
for (const check of [byKeyboard, throughAFleet, withoutScript, toItsLine, onPaper, onAPhone, filters, coverage, many]) await check();
await end('every page holds');
