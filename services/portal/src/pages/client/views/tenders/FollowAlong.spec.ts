import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { useFollowAlong } from './FollowAlong.tsx';

// The texts are drawn from what only a browser has; here each is its key.
vi.mock('../../texts/useText.ts', () => ({ useText: () => ({ t: (key: string) => key }) }));

/** What is offered beside a bid or a question, as the page first shows it. */
const offered = (along: 'bid' | 'question', following: boolean): string => {
  const Offer = (): ReactNode => useFollowAlong({ id: 't', following }, along).offer;
  return renderToStaticMarkup(createElement(QueryClientProvider, { client: new QueryClient() }, createElement(Offer)));
};

describe('the offer to follow along', () => {
  it('is not ticked by itself beside a bid: that all who bid follow would tell who bids', () => {
    expect(offered('bid', false)).toContain('type="checkbox"');
    expect(offered('bid', false)).not.toContain('checked');
    expect(offered('question', false)).toContain('checked');
  });
  it('is not made to who follows', () => {
    for (const along of ['bid', 'question'] as const) expect(offered(along, true)).toBe('');
  });
});
