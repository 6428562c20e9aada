import { ExportCalendar } from './calendar';
import { accountUsage, Books, postUsage, resourceUsage } from './charges';
import { postCommitments } from './commitments';
import {
  postAzureOddities,
  postCorrection,
  postCredits,
  postMonthlyCharges,
} from './invoices';
import { Ledger } from './ledger';
import { UsageModel } from './usage';

/** Everything that the company is charged for; the same for the same seed and calendar. */
export function buildLedger(options: {
  seed: number;
  calendar: ExportCalendar;
}): Ledger {
  const { seed, calendar } = options;
  const books: Books = {
    seed,
    calendar,
    usage: UsageModel.create({ seed, calendar }),
    ledger: Ledger.create(),
  };
  const charges = [...resourceUsage(books), ...accountUsage(books)];
  postCommitments(books, charges);
  postUsage(books, charges);
  postCorrection(books);
  postAzureOddities(books);
  // From what is billed for usage; so credits and tax come last
  postMonthlyCharges(books);
  postCredits(books);
  return books.ledger;
}
