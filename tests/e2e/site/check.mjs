// Opens pages of the site in a real Chromium: `check.mjs MODULES CHROMIUM SITE [SHOTS]`.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const [modules, executablePath, site, shots] = process.argv.slice(2).map((folder) => path.resolve(folder));
const require = createRequire(path.join(modules, 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pages = ['index', 'tutorial', 'rules/backup', 'proposal/change', 'configuration'];

const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.png': 'image/png' };
const server = createServer((request, response) => {
  const file = path.join(site, decodeURIComponent(new URL(request.url, 'http://site').pathname));
  try {
    const body = readFileSync(file);
    response.writeHead(200, { 'content-type': kinds[path.extname(file)] ?? 'application/octet-stream' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
const origin = `http://127.0.0.1:${server.address().port}`;

/* As root it needs to run without its sandbox. */
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath, args });
let failed = 0;
const hold = (name, what, holds, found = '') => {
  if (holds) return;
  failed += 1;
  console.error(`${name}: ${what}: ${typeof found === 'string' ? found : JSON.stringify(found)}`);
};

async function open(name, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const said = [];
  const strange = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => { if (!request.url().startsWith(`${origin}/`)) strange.push(request.url()); });
  page.on('response', (response) => { if (response.status() >= 400) strange.push(`${response.status()} ${response.url()}`); });
  await page.goto(`${origin}/${name}.html`, { waitUntil: 'load' });
  await page.waitForTimeout(200);
  return { page, context, said, strange };
}

for (const name of pages) {
  for (const colorScheme of ['light', 'dark']) {
    const { page, context, said, strange } = await open(name, { colorScheme });
    hold(name, 'it says something', said.length === 0, said);
    hold(name, 'it asks for what is not of the site, or not there', strange.length === 0, strange);
    if (shots) await page.screenshot({ path: path.join(shots, `${name.replace('/', '-')}-${colorScheme}.png`) });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const heavy = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const told = heavy.flatMap(({ id, nodes }) => nodes.slice(0, 400).map((n) => `${id} ${n.html.slice(0, 90)} ${n.any[0]?.data ? [n.any[0].data.fgColor,n.any[0].data.bgColor,n.any[0].data.contrastRatio] : n.failureSummary}`));
    hold(name, `axe in ${colorScheme}`, heavy.length === 0, told);
    await context.close();
  }
}

/* No wider than a phone: tables and blocks scroll by themselves. */
for (const name of pages) {
  const { page, context } = await open(name, { viewport: { width: 390, height: 844 } });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  hold(name, 'it is wider than a phone', width <= 390, width);
  if (shots) await page.screenshot({ path: path.join(shots, `${name.replace('/', '-')}-phone.png`) });
  await context.close();
}

/* What is looked for is found: a rule by its name. */
const { page, context } = await open('index', {});
await page.keyboard.press('s');
await page.keyboard.type('restore-tested', { delay: 20 });
const found = await page.waitForSelector('#mdbook-searchresults li a, #searchresults li a', { timeout: 10_000 }).then((link) => link.innerText(), () => '');
hold('index', 'a rule is found', found.length > 0, found);
await context.close();

await browser.close();
server.close();
if (failed > 0) {
  console.error(`${failed} failed`);
  process.exit(1);
}
console.log('every page that was opened holds');
