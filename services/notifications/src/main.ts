import { randomInt } from 'node:crypto';
import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import { systemClock as clock } from '@umuhuza/service/clock';
import { readConfig } from '@umuhuza/service/config';
import { every } from '@umuhuza/service/every';
import { handingOver, listen } from '@umuhuza/service/listen';
import { createMetrics } from '@umuhuza/service/metrics';
import { connectMongo } from '@umuhuza/service/mongo';
import { runService } from '@umuhuza/service/runService';
import { tokensOf } from '@umuhuza/service/tokens';
import { createApp } from './app.ts';
import { notificationsConfig } from './config.ts';
import { openLiveInbox } from './live/liveInbox.ts';
import { composeMail } from './mail/composeMail.ts';
import { folderPost } from './mail/folderPost.ts';
import { openMailing } from './mail/mailing.ts';
import { addressOf } from './mail/message.ts';
import { smtpPost } from './mail/smtpPost.ts';
import { openMongoDirectory } from './mongoDirectory.ts';
import { openMongoNotificationBook } from './mongoNotificationBook.ts';
import { openMongoPreferencesBook } from './mongoPreferencesBook.ts';
import { openMongoReminderBook } from './mongoReminderBook.ts';
import { openMongoTellings } from './mongoTellings.ts';
import { inTurn } from './reactions/inTurn.ts';
import { keepReminders } from './reactions/keepReminders.ts';
import { learnMembersWhenTheyChange } from './reactions/learnMembersWhenTheyChange.ts';
import { remindWhenDue } from './reactions/remindWhenDue.ts';
import { tellThoseConcerned } from './reactions/tellThoseConcerned.ts';
import { openMongoReaderSeal } from './sealing/mongoReaderSeal.ts';
import { tellUnreadable } from './sealing/unreadable.ts';
import { unsubscribeLinks } from './unsubscribeLinks.ts';

await runService('notifications', async (onStop, logger) => {
  const config = readConfig(notificationsConfig, process.env);
  const metrics = createMetrics('notifications');
  const mongo = onStop(await connectMongo(config.MONGODB_URL, 'notifications'));
  const bus = onStop(
    await connectBus({
      service: 'notifications',
      url: config.NATS_URL,
      user: config.NATS_USER,
      password: config.NATS_PASSWORD,
      logger,
      clock,
      registry: metrics.registry,
    }),
  );
  const seal = await openMongoReaderSeal(mongo.connection, config.POST_KEYS);
  const onUnreadable = tellUnreadable(metrics, logger);
  const notifications = await openMongoNotificationBook(mongo.connection, seal, onUnreadable);
  const preferences = await openMongoPreferencesBook(mongo.connection);
  const directory = await openMongoDirectory(mongo.connection);
  const reminders = await openMongoReminderBook(mongo.connection);
  const tellings = await openMongoTellings(mongo.connection, seal);
  const links = unsubscribeLinks(config.LINK_SECRET);
  const compose = composeMail({ publicUrl: config.PUBLIC_URL, links, organiser: addressOf(config.sender.from) });
  const post = onStop(
    'smtp' in config.post ? smtpPost(config.post.smtp, config.sender) : await folderPost(config.post.folder, config.sender),
  );

  onStop(
    bus.subscribe(
      {
        'identity.MembersChanged': learnMembersWhenTheyChange({ directory }),
        ...inTurn(
          keepReminders({ reminders }),
          tellThoseConcerned({
            notifications,
            preferences,
            directory,
            tellings,
            seal,
            postKeys: config.POST_KEYS,
            clock,
            random: (below) => randomInt(below),
            onUnreadable,
          }),
        ),
      },
      openDeadLetters(mongo.connection),
    ),
  );
  onStop(
    every(1_000, 'reminding of bookings', remindWhenDue({ reminders, notifications, preferences, directory, clock }), logger),
  );
  const mailing = openMailing({ notifications, preferences, directory, reminders, post, compose, clock, logger });
  onStop(every(1_000, 'sending mail', mailing.sendDue, logger));
  onStop(mailing);

  const live = openLiveInbox({
    notifications,
    clock,
    onFailure: (error) => logger.warn({ err: error }, 'looking for new notifications failed; looking again'),
  });
  notifications.onTouched(live.nudge);
  onStop(every(1_000, 'looking for new notifications', live.look, logger));

  const app = createApp({
    notifications,
    preferences,
    directory,
    live,
    links,
    seal,
    clock,
    logger,
    metrics,
    verifyToken: await tokensOf(config, mongo.connection),
    missing: () => (mongo.isConnected() ? [] : ['MongoDB']),
  });
  onStop(await listen(app, { host: config.HOST, port: config.PORT, ...handingOver }));
  // Streams never end by themselves; they end before the listener waits for what is under way.
  onStop(live);
});
