import { type ReactNode, useId } from 'react';

type CardProps = { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode };

/** A part of a view under a heading of its own. */
export const Card = ({ title, aside, children }: CardProps): ReactNode => {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
};
