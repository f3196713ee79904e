import { useEffect } from 'react';

/** Names the view in the window's title, which is read out and stands in the history. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} – Umuhuza`;
  }, [title]);
};
