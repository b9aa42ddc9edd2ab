// A real Chromium for who opens pages in it, with axe, and a count of what does not hold.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export async function start(modules, executablePath) {
  const require = createRequire(path.join(modules, 'package.json'));
  const { chromium } = require('playwright-core');
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  /* As root it needs to run without its sandbox. */
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  let failed = 0;

  /** Counts what does not hold, and tells it with what was found instead. */
  function hold(name, what, holds, found = '') {
    if (holds) return;
    failed += 1;
    console.error(`${name}: ${what}${found === '' ? '' : `: ${typeof found === 'string' ? found : JSON.stringify(found)}`}`);
  }

  /** A page with nobody to answer it: whatever it says or is given is told. */
  async function blank(options) {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
    const page = await context.newPage();
    const [said, asked, refused] = [[], [], []];
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('dialog', (dialog) => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('request', (request) => asked.push(request.url()));
    page.on('response', (response) => { if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`); });
    return { page, context, said, asked, refused };
  }

  /** Holds that axe finds nothing serious, and gives back what it finds besides. */
  async function accessible(page, name, colorScheme) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const heavy = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const told = heavy.flatMap(({ id, nodes }) => nodes.slice(0, 10).map((node) => `${id} ${nodes.length} ${node.html.slice(0, 160)} ${node.failureSummary}`));
    hold(name, `axe in ${colorScheme}`, heavy.length === 0, told);
    return violations.filter((violation) => !heavy.includes(violation));
  }

  /** Ends all of it, with what is said where all holds. */
  async function end(told) {
    await browser.close();
    if (failed > 0) {
      console.error(`${failed} failed`);
      process.exit(1);
    }
    console.log(told);
  }

  return { hold, blank, accessible, end };
}
