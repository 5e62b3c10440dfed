import { fileURLToPath } from 'node:url';
import { shipped } from '../../shipped.ts';

export const migrationsFolder = fileURLToPath(shipped('drizzle'));
