// What sets a worker going (DESIGN §4: "the queue only wakes a worker"). A call carries
// a topic and nothing else; what there is to do, the worker reads in the database. So a
// call that is lost costs time, and a call that comes twice costs a look.

export interface Wake {
  /** The one worker. It gets a topic, does all it finds for it, and may be called when there is nothing. */
  onWake(worker: (topic: string) => Promise<void>): void;
  /** Returns when the call is on its way, not when the work is done. Never rejects. */
  wake(topic: string): Promise<void>;
  /** Calls nobody any more, and waits for the worker that is running. */
  close(): Promise<void>;
}
