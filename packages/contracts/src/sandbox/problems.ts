import { documentProblems } from '../documents.ts';
import type { ProblemText } from '../problem.ts';

export const sandboxProblems = {
  ...documentProblems,
  'evidence-type-not-taken': {
    title: 'This kind of file is not taken',
    detail:
      'Recordings (MP4, WebM, MOV, MP3, M4A, WAV), images, PDF, Office and OpenDocument files and text are taken; what counts is the content, not the name.',
  },
  'hosts-are-rwandan': {
    title: 'Test environments are opened by Rwandan companies',
    detail: 'Your company is registered in another country. You can book slots of those who host.',
  },
  'no-such-environment': { title: 'There is no such test environment', detail: 'Look it up in the list of environments.' },
  'environment-closed': {
    title: 'The test environment is closed',
    detail: 'Its host takes no new slots there. The host can open it again.',
  },
  'no-such-terms': { title: 'There are no such terms', detail: 'Take the hash from the environment, the slot or the booking.' },
  'not-the-host': { title: 'Only the host can do this', detail: 'This belongs to another company’s test environment.' },
  'no-such-slot': { title: 'There is no such slot', detail: 'Look it up in the list of slots.' },
  'no-such-booking': { title: 'There is no such booking', detail: 'The address is wrong, or the booking is not yours to see.' },
  'no-such-entry': {
    title: 'There is no such place in a waitlist',
    detail: 'The address is wrong, or the entry is not yours to see.',
  },
  'hour-does-not-exist': {
    title: 'This hour does not exist on that day',
    detail: 'The clocks are put forward and skip it. Choose another time, or give startsAt and endsAt as instants.',
  },
  'hour-exists-twice': {
    title: 'This hour exists twice on that day',
    detail: 'The clocks are put back and repeat it. Say which one you mean by giving startsAt and endsAt as instants.',
  },
  'ends-before-it-starts': {
    title: 'The slot ends before it starts',
    detail: 'The end must come after the start. For a slot over midnight give startsAt and endsAt as instants.',
  },
  'slot-too-long': { title: 'The slot would last too long', detail: 'A slot lasts 48 hours at most. Open several instead.' },
  'starts-in-the-past': { title: 'The slot would start in the past', detail: 'Choose a start that is still to come.' },
  'slot-full': {
    title: 'All places are taken',
    detail: 'Join the waitlist: a place that becomes free is offered to you in turn.',
  },
  'slot-begun': { title: 'The slot has begun', detail: 'This could be done until the slot began. Choose another slot.' },
  'slot-not-begun': { title: 'The slot has not begun yet', detail: 'This can be said once the slot has begun.' },
  'slot-closed': { title: 'The slot is closed', detail: 'The host closed it. Choose another slot.' },
  'outside-hours': {
    title: 'The host no longer offers this time',
    detail: 'Who is booked or waits there keeps the place; nobody else is taken. Choose another slot.',
  },
  'slot-moved': {
    title: 'The slot has another time now',
    detail: 'The host changed it after you opened the page. Look at the new time, and send it again if it suits you.',
  },
  'own-slot': { title: 'This is your own slot', detail: 'A host does not book with itself.' },
  'already-booked': {
    title: 'Your company has a booking in this slot',
    detail: 'One company books a slot once. Cancel the booking first if you want to change it.',
  },
  'place-held-for-you': {
    title: 'A place is held for you',
    detail: 'The waitlist has come to you: accept the offer instead of booking anew.',
  },
  'already-holding': {
    title: 'You hold a place here',
    detail: 'Book it before its time is over, or give it back.',
  },
  'no-hold': { title: 'You hold no place here', detail: 'Hold one, or book at once.' },
  'terms-not-accepted': {
    title: 'The host’s terms are not accepted',
    detail: 'Read the terms the slot names, and send their hash as acceptedTerms.',
  },
  'data-class-needed': {
    title: 'Say what data your test touches',
    detail: 'The host has rules for data. Choose what your test touches.',
  },
  'data-not-allowed': {
    title: 'A test here may not touch such data',
    detail: 'Choose an environment whose data rules allow it, or test with other data.',
  },
  'not-the-guest': { title: 'Only the guest can do this', detail: 'This belongs to the company that booked.' },
  'no-such-tester': { title: 'There is no such tester', detail: 'Look at whom the booking names.' },
  'too-many-invitations': {
    title: 'Too many testers were invited to this booking',
    detail: 'Each is written to by e-mail. Leave those who are invited as they are.',
  },
  'seats-taken': { title: 'All seats of the booking are taken', detail: 'Take a tester off it first.' },
  'other-environment': {
    title: 'That slot is of another test environment',
    detail: 'A booking stays in its environment. To test elsewhere book there, and cancel this one.',
  },
  'same-slot': { title: 'The booking is in this slot', detail: 'Choose another slot.' },
  'move-abandoned': {
    title: 'The booking was not moved',
    detail: 'Something else happened to it at the same time. Look at it, and try again.',
  },
  'moves-under-way': {
    title: 'A booking is on its way into this slot',
    detail: 'It arrives within seconds. Try again then.',
  },
  'bookings-undecided': {
    title: 'There are bookings in this slot',
    detail: 'Say what happens to them: bookings with do: cancel, keep, or move and the slot they go to.',
  },
  'bookings-changed': {
    title: 'The bookings have changed meanwhile',
    detail: 'Somebody booked or cancelled at the same time. Look at the slot, and try again.',
  },
  'reservation-abandoned': {
    title: 'The time was not reserved',
    detail: 'The request took too long and was given up. Try again.',
  },
  'slot-in-conflict': {
    title: 'The slot does not have what it needs',
    detail: 'Another slot that was opened earlier has it at the same time. Close one of the two or move it, then confirm.',
  },
  'no-such-resource': { title: 'There is no such resource', detail: 'Describe it among your resources first.' },
  'not-enough-of-resource': { title: 'There is not enough of a resource', detail: 'A slot needs more of it than you have.' },
  'resource-busy': { title: 'A resource is taken in this time', detail: 'Another of your slots needs it. Choose another time.' },
  'environment-busy': {
    title: 'The environment has another slot in this time',
    detail: 'Its slots do not overlap, and keep the time to tidy up. Choose another time.',
  },
  'resource-in-use': { title: 'Open slots need this resource', detail: 'Close or move those slots first.' },
  'calendar-full': { title: 'Too many slots with resources', detail: 'Open fewer slots ahead; past ones make room.' },
  'places-free': { title: 'There are free places', detail: 'No need to wait: book one.' },
  'already-waiting': { title: 'You are on the waitlist already', detail: 'One company waits once for a slot.' },
  'waitlist-full': { title: 'The waitlist is full', detail: 'Too many companies wait for this slot. Choose another one.' },
  'too-many-attempts': {
    title: 'Too many attempts on this slot',
    detail: 'Your company has booked or waited for this slot several times already. Choose another slot, or ask the host.',
  },
  'not-offered-yet': { title: 'No place has been offered yet', detail: 'You are told as soon as it is your turn.' },
  'offer-declined': { title: 'You left this waitlist', detail: 'Join it again if you still want a place.' },
  'offer-accepted': { title: 'You took this place', detail: 'It is a booking now; cancel that instead.' },
  'offer-expired': {
    title: 'The offer has ended',
    detail: 'The place went to the next. Join the waitlist again if you still want one.',
  },
  'booking-confirmed': { title: 'The booking is confirmed', detail: 'A confirmed booking can be cancelled with a reason.' },
  'booking-declined': { title: 'The booking was declined', detail: 'Nothing can be changed on it any more.' },
  'booking-cancelled': { title: 'The booking was cancelled', detail: 'Nothing can be changed on it any more.' },
  'booking-completed': {
    title: 'The booking is completed',
    detail: 'Its report has been written; nothing can be changed on it here.',
  },
  'guest-did-not-show': {
    title: 'The guest did not show',
    detail: 'The booking was marked so. Where somebody came after all, its host can still write the report.',
  },
  'no-such-guest': { title: 'There is no such guest', detail: 'The address is wrong, or the company never booked with you.' },
  'too-many-bookings': {
    title: 'Your company has too many open bookings',
    detail: 'Places are few. Cancel one, or wait until a test is over.',
  },
  'waits-too-often': {
    title: 'Your company waits for too many slots',
    detail: 'Leave one of the waitlists, or wait until a place is free.',
  },
  'too-many-holds': {
    title: 'Your company holds too many places',
    detail: 'Book one of them or give it back; a hold ends after ten minutes.',
  },
  'no-such-report': {
    title: 'There is no such report',
    detail: 'The address is wrong, the report is not written yet, or it is not yours to see.',
  },
  'no-such-finding': { title: 'There is no such finding', detail: 'Look at the findings of the report.' },
  'no-such-evidence': { title: 'There is no such file', detail: 'Look at the evidence of the report.' },
  'finding-not-open-to-this': {
    title: 'This cannot be done with the finding now',
    detail: 'Look at its status: what is approved or settled stays so, and only a rejection can be disputed.',
  },
  'too-much-said': { title: 'Enough was said about this finding', detail: 'Approve or reject it.' },
  'report-finished': { title: 'The report is finished', detail: 'It is signed as it is; nothing can be changed on it any more.' },
  'too-much-evidence': { title: 'The report has twenty files', detail: 'Put several into one, or leave some out.' },
  'too-much-feedback': { title: 'The report has feedback of a hundred testers', detail: 'Sum up the rest in its summary.' },
  'findings-open': {
    title: 'Findings wait for an answer',
    detail:
      'The guest approves or rejects each; one that it says nothing of for fourteen days after your last word waits no longer.',
  },
  'report-changed': { title: 'The report has changed meanwhile', detail: 'Look at it again, and finish it then.' },
  'booking-not-confirmed': { title: 'The booking is not confirmed', detail: 'Confirm it first.' },
  'reason-needed': { title: 'A reason is needed', detail: 'Tell the guest why you cancel.' },
  'capacity-below-places-taken': {
    title: 'More places are taken than that',
    detail: 'Cancel bookings first, telling those guests why; then lower the number of places.',
  },
  'no-such-feed': {
    title: 'There is no calendar at this address',
    detail: 'It may have been renewed or switched off. Sign in and make a new private calendar address.',
  },
  'no-such-hours': { title: 'There are no such opening hours', detail: 'Look them up in the list of the test environment.' },
  'hours-ended': { title: 'These opening hours have ended', detail: 'Open new ones.' },
  'no-such-recurrence': {
    title: 'This rule cannot be worked out',
    detail: 'A recurrence rule of RFC 5545 is expected, like FREQ=WEEKLY;BYDAY=MO,TU.',
  },
  'no-slot-fits': { title: 'The hours are shorter than a slot', detail: 'Make the hours longer or the slots shorter.' },
  'too-many-slots': { title: 'These hours would open too many slots', detail: 'Open fewer hours, or make the slots longer.' },
  'slots-in-use': {
    title: 'Somebody uses slots that would fall away',
    detail: 'Say in inUse whether to keep or to cancel them, and why.',
  },
  'unknown-cursor': { title: 'This page mark is not known', detail: 'Start the list again without a cursor.' },
} satisfies Record<string, ProblemText>;
