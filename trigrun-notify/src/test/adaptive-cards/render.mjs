// Draws adaptive cards with the renderer of their makers: a card a line in, what came of it a line out.

import { createRequire } from 'node:module';
import { Window } from 'happy-dom';

const window = new Window();
globalThis.window = window;
globalThis.document = window.document;
for (const name of Object.getOwnPropertyNames(window)) {
  if (name.startsWith('HTML')) {
    globalThis[name] = window[name];
  }
}
const cards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

// A host's Markdown at its worst: all of a text that is taken for Markdown is a link.
cards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.didProcess = true;
  result.outputHtml = '<a href="https://markdown.example/">link</a>';
};

const HARMLESS = ['DIV', 'SPAN', 'BR'];
const LOADING = ['href', 'src', 'srcset', 'background'];

function drawn(json) {
  const context = new cards.SerializationContext(cards.Versions.v1_2);
  const card = new cards.AdaptiveCard();
  card.parse(json, context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i));
  events.push(...card.validateProperties().validationEvents);
  const elements = Array.from(card.render()?.querySelectorAll('*') ?? []);
  return {
    problems: [
      ...events.map((e) => `${cards.ValidationEvent[e.event]}: ${e.message}`),
      ...unknown('', json, card.toJSON()),
    ],
    texts: elements.filter((e) => e.classList.contains('ac-textRun')).map(text),
    buttons: elements.filter((e) => e.tagName === 'BUTTON').map((e) => e.textContent),
    live: elements.filter(isLive).map((e) => e.outerHTML),
  };
}

// The renderer drops silently what it does not know, but defaults and empty lists too, which need
// not be sent; `msteams` is for Teams alone.
function unknown(place, sent, kept) {
  if (typeof sent !== 'object' || sent === null) {
    return [];
  }
  return Object.keys(sent)
    .filter((name) => place !== '' || name !== 'msteams')
    .flatMap((name) =>
      kept?.[name] === undefined
        ? [`Unknown: ${place}/${name}`]
        : unknown(`${place}/${name}`, sent[name], kept[name]),
    );
}

function text(element) {
  element.querySelectorAll('br').forEach((br) => br.replaceWith('\n'));
  return element.textContent;
}

// Buttons are counted apart.
function isLive(element) {
  return (
    (element.tagName !== 'BUTTON' &&
      (!HARMLESS.includes(element.tagName) || element.hasAttribute('role'))) ||
    LOADING.some((name) => element.hasAttribute(name)) ||
    element.getAttributeNames().some((name) => name.startsWith('on')) ||
    (element.getAttribute('style') ?? '').includes('url(')
  );
}

function answer(line) {
  try {
    return drawn(JSON.parse(line));
  } catch (e) {
    return { problems: [String(e.stack)], texts: [], buttons: [], live: [] };
  }
}

let rest = ''; // not by node:readline, for which U+2028 ends a line, too
for await (const chunk of process.stdin.setEncoding('utf8')) {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  lines.forEach((line) => process.stdout.write(JSON.stringify(answer(line)) + '\n'));
}
process.exit(0); // the document keeps timers
