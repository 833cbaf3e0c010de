/** A transfer that failed, and whether the next try may succeed. */
import { AppError } from '../../shared/errors';

export class TransferError extends AppError {
  /**
   * @param retry `again`: go on after a pause; `anew`: from the first byte; `final`: another try would end the same
   * @param waitMs the pause that the server asked for
   */
  constructor(
    readonly retry: 'again' | 'anew' | 'final',
    sentence: string,
    details?: string,
    readonly waitMs = 0,
  ) {
    super('host_missing', sentence, details ? { details } : {});
  }
}
