// Nest's view of the center: controllers, the parts, and what wakes the workers. With a
// Redis the queue is registered by BullModule, and libs/wake makes a Wake of it.
import { BullModule, getQueueToken } from '@nestjs/bull';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { wakeQueueOptions, type WakeQueue } from '#libs/wake/bull-queue.js';
import { bullWake } from '#libs/wake/bull-wake.js';
import { timerWake } from '#libs/wake/timer-wake.js';
import { PARTS, WAKE, type Parts } from '../parts.js';
import { topics } from '../workers/workers.js';
import { ReportsController } from './reports-controller.js';
import { SessionsController } from './sessions-controller.js';

const queueName = 'madoguchi-center';

@Module({})
export class CenterModule {
  static of(parts: Parts): DynamicModule {
    const { redisUrl } = parts.configuration;
    return {
      module: CenterModule,
      imports: redisUrl === undefined ? [] : [BullModule.registerQueue(wakeQueueOptions(queueName, redisUrl))],
      controllers: [SessionsController, ReportsController],
      providers: [{ provide: PARTS, useValue: parts }, redisUrl === undefined ? timer(parts) : bull(parts)],
    };
  }
}

function timer({ log }: Parts): Provider {
  return { provide: WAKE, useFactory: () => timerWake({ topics, log }) };
}

function bull({ log }: Parts): Provider {
  return { provide: WAKE, inject: [getQueueToken(queueName)], useFactory: (queue: WakeQueue) => bullWake({ queue, topics, log }) };
}
