import { embeddedMongoBench } from '@umuhuza/embedded-mongo/bench';
import cliProgress from 'cli-progress';
import { print } from './figures.ts';

/** What group commit gains, and whether reads stay flat from a thousand documents to a million. */
export const embeddedMongoFigures = async (): Promise<void> => {
  const bar = new cliProgress.SingleBar(
    { format: 'embedded-mongo {bar} {value}/{total} {what}', stream: process.stderr, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(1, 0, { what: '' });
  const figures = await embeddedMongoBench({
    onProgress: (done, of, what) => {
      bar.setTotal(of);
      bar.update(done, { what });
    },
  });
  bar.stop();
  print('embedded-mongo', figures);
};
