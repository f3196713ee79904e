import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import { type Request, type Response, Router } from 'express';
import type { Pages } from '../pages/assets.ts';
import { escaped, htmlPage } from './htmlPage.ts';
import { type ExplainedProblem, explainedProblems, type Meaning, meaningsOf } from './problemTexts.ts';

/** `/problems` and `/problems/<name>`: what the `type` of a refusal leads to, for people and for programs. */
export const problemPages = (built: Promise<Pages>): Router => {
  const pages = Router();
  pages.get('/problems', async (req, res) => {
    const { styleSheet } = await built;
    answer(req, res, explainedProblems, { title: 'What a refusal means', styleSheet, body: list(explainedProblems) });
  });
  pages.get('/problems/:name', async (req, res) => {
    const meanings = meaningsOf(req.params.name);
    const [first] = meanings;
    if (!first) return sendProblem(res, commonProblem(req, 'not-found'));
    const { styleSheet } = await built;
    answer(req, res, meanings, { title: first.title, styleSheet, body: single(meanings) });
  });
  return pages;
};

const answer = (req: Request, res: Response, problems: readonly unknown[], page: Parameters<typeof htmlPage>[0]): void => {
  res.setHeader('Cache-Control', 'no-cache');
  res.vary('Accept');
  if (req.accepts(['html', 'json']) === 'json') res.json({ problems });
  else res.type('html').send(htmlPage(page));
};

const single = (meanings: readonly Meaning[]): string =>
  `${meanings
    .map(
      ({ parts, title, detail }) =>
        `<p class="quiet">${escaped(parts.join(', '))}</p><h1>${escaped(title)}</h1><p>${escaped(detail)}</p>`,
    )
    .join('<hr>')}
  <p>When you ask for help, quote the <code>instance</code> of the answer: it is the id of your request.</p>
  <p><a href="/problems">All refusals</a> · <a href="/">To the platform</a></p>`;

const list = (problems: readonly ExplainedProblem[]): string => {
  const parts = Map.groupBy(problems, ({ part }) => part);
  const sections = [...parts].map(
    ([part, its]) =>
      `<section class="card"><h2>${escaped(part)}</h2><dl class="refusals">${its
        .map(
          ({ name, title, detail }) =>
            `<dt><a href="/problems/${escaped(name)}">${escaped(title)}</a> <code>${escaped(name)}</code></dt><dd>${escaped(detail)}</dd>`,
        )
        .join('')}</dl></section>`,
  );
  return `<h1>What a refusal means</h1>
  <p>Whatever the platform refuses, it says why and what can be done. These are all refusals there are.</p>${sections.join('')}`;
};
