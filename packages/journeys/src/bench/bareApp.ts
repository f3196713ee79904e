import express from 'express';
import mongoose from 'mongoose';

/**
 * The baseline: a bare Express app whose only route inserts the document it was given at the start, with mongoose.
 * It knows no token, no schema, no event: what is compared is what all of that costs.
 */
const [mongoUrl = '', template = '{}'] = process.argv.slice(2);
const connection = await mongoose
  .createConnection(mongoUrl, { dbName: 'bench_bare', maxPoolSize: 20, writeConcern: { w: 'majority', journal: true } })
  .asPromise();
const Tender = connection.model(
  'tenders',
  new mongoose.Schema(
    { _id: String, state: mongoose.Schema.Types.Mixed },
    { strict: false, versionKey: false, autoIndex: false, autoCreate: false },
  ),
);
const { _id: _, ...document } = JSON.parse(template) as Record<string, unknown>;

const app = express();
app.use(express.json());
app.post('/tenders', async (_req, res) => {
  const tender = await Tender.create({ _id: crypto.randomUUID(), ...document });
  res.status(201).json(tender);
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.once('disconnect', () => process.exit(0));
