import express from 'express';
import mongoose from 'mongoose';

/**
 * The baseline: a bare Express app whose only route books a place by one conditional `findOneAndUpdate`. It knows no token, no schema,
 * no queue, no event: what is compared is what all of that costs. `POST /slots` makes a slot with so many places.
 */
const [mongoUrl = ''] = process.argv.slice(2);
const connection = await mongoose
  .createConnection(mongoUrl, { dbName: 'bench_bare', maxPoolSize: 20, writeConcern: { w: 'majority', journal: true } })
  .asPromise();
const Slot = connection.model(
  'slots',
  new mongoose.Schema(
    { _id: String, free: Number, bookings: [mongoose.Schema.Types.Mixed] },
    { versionKey: false, autoIndex: false, autoCreate: false },
  ),
);

const app = express();
app.use(express.json());
app.post('/slots', async (req, res) => {
  const slot = await Slot.create({ _id: crypto.randomUUID(), free: req.body.capacity, bookings: [] });
  res.status(201).json({ slotId: slot._id });
});
app.post('/slots/:id/bookings', async (req, res) => {
  const booking = { bookingId: crypto.randomUUID(), ...req.body };
  const taken = await Slot.findOneAndUpdate(
    { _id: req.params.id, free: { $gt: 0 } },
    { $inc: { free: -1 }, $push: { bookings: booking } },
    { projection: { _id: 1 } },
  );
  if (taken) res.status(201).json(booking);
  else res.status(409).json({ title: 'All places are taken' });
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.once('disconnect', () => process.exit(0));
