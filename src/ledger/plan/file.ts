import { z } from 'zod';
import { isDay } from '../days.ts';
import { platformNames, type Ratio } from '../terms.ts';

const day = z.string().refine(isDay, '须为 YYYY-MM-DD');
const clock = z.enum(['week', 'month', 'quarter', 'half', 'year', 'once', 'closure']);
const level = z.enum(['open', 'system', 'office', 'self']);
const names = z.array(z.string()).default([]);

const indicator = z
  .object({
    code: z.string(),
    label: z.string(),
    aliases: names,
    unit: z.string(),
    unit_aliases: names,
    comparator: z.enum(['>=', '=', '<=', 'range']),
    target: z.union([z.number(), z.tuple([z.number(), z.number()])]),
    clock,
    subject: z.enum(['bureau', 'person', 'unclear']).default('bureau'),
    class: z.enum(['chase', 'monitor']).default('chase'),
    kind: z.enum(['count', 'level', 'deliverable', 'limit', 'ratio']),
    secrecy: level.optional(),
    preset: z.boolean().default(false),
    explicit: z.boolean().default(false),
    numerator: z.string().optional(),
    numerator_aliases: names,
    denominator: z.string().optional(),
    denominator_aliases: names,
    denominator_indicator: z.string().optional(),
    parts: z
      .array(z.object({ label: z.string(), aliases: names, numerator: z.string(), denominator: z.string() }))
      .optional(),
  })
  .refine((each) => each.kind !== 'ratio' || (each.numerator && each.denominator), '占比须写明分子和分母');

const paper = z.object({
  code: z.string(),
  label: z.string(),
  done: z.boolean().default(false),
  subject: z.enum(['bureau', 'person']).default('bureau'),
  secrecy: level.optional(),
});

const days = (usual: number) => z.number().int().min(1).max(250).default(usual);
const share = (usual: number) => z.number().min(0).max(1).default(usual);
const hue = (usual: string) => z.string().min(1).max(4).default(usual);

const lights = z.object({
  close: days(20),
  time_left: share(0.25),
  completion: share(0.7),
  words: z.object({ red: hue('红'), yellow: hue('黄'), blue: hue('蓝') }).prefault({}),
});

const ladder = z.object({
  soon: days(20),
  very_soon: days(10),
  again: days(5),
  propose: days(10),
  behind: days(60),
  listed: days(30),
});

/** A plan as data: what the product ships as its sample, and what an imported workbook is turned into. */
export const planFile = z.object({
  plan: z.object({
    code: z.string(),
    title: z.string(),
    org: z.string(),
    year: z.number().int(),
    starts: day,
    ends: day,
    time_zone: z.string(),
    note: z.string().default(''),
    settings: z.object({
      meeting: z
        .object({ rule: z.literal('last-friday'), time: z.string(), place: z.string(), minutes: z.number() })
        .nullable(),
      authorisation: z
        .object({ scope: z.array(z.string()), by: z.string(), basis: z.string(), date: day })
        .nullable(),
      bulletin: z.object({ release: z.enum(['auto', 'signed']) }),
      trial_until: day.nullable(),
      confirm_staff: z.boolean(),
      closeout: z.array(z.string()),
      digest_at: z.string().regex(/^\d{2}:\d{2}$/),
      quiet: z.tuple([z.string(), z.string()]),
      lights: lights.prefault({}),
      ladder: ladder.prefault({}),
    }),
    contact: z.object({ name: z.string(), phone: z.string() }),
  }),
  categories: z.array(z.object({ code: z.string(), title: z.string() })),
  measures: z.array(z.object({ code: z.string(), title: z.string(), category: z.string() })),
  sections: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kind: z.enum(['leadership', 'section', 'unit', 'resident']),
      aliases: names,
    }),
  ),
  people: z.array(
    z.object({
      name: z.string(),
      post: z.string(),
      section: z.string(),
      roles: z.array(z.enum(['secretary', 'leader', 'chief', 'staff', 'office', 'discipline', 'admin'])),
      accounts: z.object({ wecom: z.string().optional(), dingtalk: z.string().optional() }),
    }),
  ),
  groups: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      audience: z.enum(['leaders', 'office', 'system', 'section']),
      platform: z.enum(platformNames),
      chat_id: z.string(),
      section: z.string().optional(),
    }),
  ),
  tasks: z.array(
    z.object({
      serial: z.number().int(),
      code: z.string(),
      title: z.string(),
      category: z.string(),
      measure: z.string(),
      leader: z.string().nullable(),
      section: z.string().nullable(),
      co_sections: names,
      deadline: day.nullable(),
      clock,
      secrecy: level,
      standard: z.string(),
      indicators: z.array(indicator),
      deliverables: z.array(paper),
      source: z.object({ text: z.string(), place: z.string() }),
    }),
  ),
  governance: z.array(
    z.object({
      code: z.string(),
      title: z.string(),
      items: z.array(indicator),
      merged_with: z.string().optional(),
    }),
  ),
});

export type PlanFile = z.infer<typeof planFile>;
export type IndicatorFile = z.infer<typeof indicator>;
export type PaperFile = z.infer<typeof paper>;

/** A ratio's words as one; null for every other kind. */
export const ratioOf = (each: IndicatorFile): Ratio | null =>
  each.numerator === undefined || each.denominator === undefined
    ? null
    : {
        numerator: each.numerator,
        numeratorAliases: each.numerator_aliases,
        denominator: each.denominator,
        denominatorAliases: each.denominator_aliases,
        ...(each.denominator_indicator === undefined ? {} : { of: each.denominator_indicator }),
        ...(each.parts === undefined ? {} : { parts: each.parts }),
      };
