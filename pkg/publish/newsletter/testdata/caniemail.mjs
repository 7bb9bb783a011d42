// Counts what mail clients do not support of a mail, and of the same mail as
// MJML makes it, with the public data of caniemail.
//
//   node caniemail.mjs NODE_MODULES mail.html equivalent.mjml client…
//
// Writes {"ours": {"all": {client: [feature…]}, "css": {…}}, "mjml": {…}};
// "css" is CSS in the elements alone.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, ours, theirs, ...clients] = process.argv.slice(2);
const { caniemail, rawData } = await import(pathToFileURL(join(modules, 'caniemail/dist/index.js')));
const mjml = createRequire(join(modules, 'x.js'))('mjml');

// What nobody has tested with a client counts neither for nor against.
for (const feature of rawData.data)
  for (const client of clients) {
    const [family, platform] = client.split('.');
    feature.stats[family] ??= {};
    feature.stats[family][platform] ??= { untested: 'u' };
  }
const css = new Set(rawData.data.filter((f) => f.category === 'css').map((f) => f.title));

function unsupported(html, only) {
  const { issues } = caniemail({ clients, html });
  const all = {};
  for (const client of clients) {
    const titles = [...(issues.errors.get(client) ?? [])].map((issue) => issue.title);
    all[client] = [...new Set(titles)].filter((title) => !only || only.has(title)).sort();
  }
  return all;
}

const measure = (html) => ({ all: unsupported(html), css: unsupported(html.replace(/<style[^]*?<\/style>/g, ''), css) });
const made = await (mjml.default ?? mjml)(readFileSync(theirs, 'utf8'), { validationLevel: 'strict' });
process.stdout.write(JSON.stringify({ ours: measure(readFileSync(ours, 'utf8')), mjml: measure(made.html) }));
