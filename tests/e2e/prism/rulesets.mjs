// Sends the rulesets of docs/enforce.md to GitHub's own description: `rulesets.mjs SERVER`.
import { readFileSync } from 'node:fs';

const [server] = process.argv.slice(2);
const page = readFileSync('docs/enforce.md', 'utf8');
const rulesets = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, block]) => JSON.parse(block));
const sent = [...page.matchAll(/^gh api --method POST (\S+) --input/gm)].map(([, address]) => address);
if (rulesets.length === 0 || rulesets.length !== sent.length) throw new Error(`${rulesets.length} rulesets, and ${sent.length} commands that send one`);
for (const [index, address] of sent.entries()) {
  const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(rulesets[index]) };
  const response = await fetch(`${server}/${address}`, options);
  console.log(`${response.status === 201 ? 'ok ' : 'BAD'} POST /${address}`);
  if (response.status !== 201) {
    console.error(await response.text());
    process.exitCode = 1;
  }
}
