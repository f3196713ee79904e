import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { mayPass } from './api/answers.ts';
import { startTexts } from './texts/useText.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays one; only what may pass by itself is asked again.
      retry: (failures, error) => mayPass(error) && failures < 3,
    },
  },
});

await startTexts();
const page = document.getElementById('page');
if (!page) throw new Error('the page has no place to draw on');
// What the page needs itself goes before; on a slow line all files together take a while.
const keep = () => void import('./keepShell.ts').then(({ keepShell }) => keepShell());
if (document.readyState === 'complete') keep();
else addEventListener('load', keep);
createRoot(page).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
