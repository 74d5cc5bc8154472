import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { useText } from '@/kit/text'
import { useEditor } from './context'
import { PeriodInput, TextInput, WordSelect, WordsSelect, YesSelect } from './inputs'
import { entriesOf, labelsAt, type Named, namedIn, nameOf, schemeOf, schemesOf } from './parts'
import type { Field } from './schema'
import { forGrades, gradesFor } from './words'
import { keysAt, kindAt, type Path, wordAt, wordsAt, type Yaml } from './yaml'

const measureKeys = new Set([
  'measure',
  'growth',
  'share',
  'percentile',
  'quintile',
  'total',
  'score',
  'ratio',
  'sum_of',
  'difference',
])
const roleKeys = new Set(['by', 'chain', 'adopted_by', 'to'])
const periodKeys = new Set(['every', 'expires', 'provisional_for', 'deadline', 'within', 'window', 'length'])
const figureKeys = new Set([
  'points',
  'weight',
  'cap',
  'max',
  'at_least',
  'above',
  'at_most',
  'below',
  'margin',
  'rate',
  'otherwise',
  'target',
  'hours',
])
/** Sections in which keys have words of their own. */
const flowSections = new Set(['forms', 'procedures', 'authorities'])
const seatKeys = new Set(['by', 'tell', 'approve'])
const factKeys = new Set(['of', 'count', 'on'])

/** useFieldName gives the words of a key of a rulebook. */
export function useFieldName(): (key: string, path?: Path) => string {
  const { t } = useTranslation()
  return (key, path) => {
    const plain = t(`draft.field.${key}`, { defaultValue: key })
    return flowSections.has(String(path?.[0])) ? t(`draft.flow.${key}`, { defaultValue: plain }) : plain
  }
}

/** One field of a part, filled in the way its meaning asks for. */
export function FieldInput({ path, field }: { path: Path; field: Field }) {
  const { y, set } = useEditor()
  const name = useFieldName()
  const at = [...path, field.key]
  const label = name(field.key, path)
  switch (field.shape) {
    case 'title':
      return <TitleInput path={at} label={label} />
    case 'words':
      return <WordsField path={at} label={label} field={field} />
    case 'yes':
      if (field.key === 'assumed')
        return (
          <Checkbox
            aria-label={label}
            checked={wordAt(y, at) === 'true'}
            onChange={(e) => set(at, e.target.checked ? 'true' : undefined)}
          />
        )
      return <YesSelect label={label} value={wordAt(y, at)} onChange={(v) => set(at, v)} />
    case 'choice':
      return <ChoiceField path={at} label={label} field={field} />
    default:
      return <WordField path={at} label={label} field={field} />
  }
}

function ChoiceField({ path, label, field }: { path: Path; label: string; field: Field }) {
  const { t } = useTranslation()
  const { y, set } = useEditor()
  return (
    <WordSelect
      label={label}
      value={wordAt(y, path)}
      options={field.choices.map((v) => ({ value: v, label: t(`draft.choice.${v}`, { defaultValue: v }) }))}
      onChange={(v) => set(path, v)}
      clear={!field.required}
    />
  )
}

/** The words of a title in both languages. */
export function TitleInput({ path, label }: { path: Path; label: string }) {
  const { t } = useTranslation()
  const { y, set } = useEditor()
  const one = kindAt(y, path) === 'word' ? wordAt(y, path) : undefined
  const change = (key: 'zh' | 'en', value: string) =>
    one === undefined ? set([...path, key], value) : set(path, { zh: one, en: one, [key]: value })
  return (
    <span className="edit-both">
      {(['zh', 'en'] as const).map((k) => (
        <TextInput
          key={k}
          label={`${label} ${t(`draft.lang.${k}`)}`}
          value={one ?? wordAt(y, [...path, k])}
          placeholder={t(`draft.lang.${k}`)}
          onChange={(v) => change(k, v)}
        />
      ))}
    </span>
  )
}

/** useOptions turns names into what a select offers. */
export function useOptions(): (names: Named[]) => { value: string; label: string }[] {
  const text = useText()
  return (names) => names.map((n) => ({ value: n.name, label: text(n.title) || n.name }))
}

/** useClauseOptions offers the clauses by number and heading. */
export function useClauseOptions() {
  const { clauses } = useEditor()
  const text = useText()
  return clauses.map((c) => ({ value: c.number, label: `${c.number} ${text(c.title)}` }))
}

/** flowOptions gives what a key of a procedure can name: its forms, matrices, steps and ends. */
function flowOptions(y: Yaml, path: Path, key: string): Named[] | undefined {
  if (key === 'form') return namedIn(y, 'forms')
  if (key === 'authority') return namedIn(y, 'authorities')
  const named = (list: string) =>
    entriesOf(y, [...path.slice(0, 2), list]).map((p) => ({ name: String(p.at(-1)), title: nameOf(y, p) }))
  if (key === 'together') return named('steps')
  return key === 'rejected' || key === 'to' || key === 'next' ? [...named('steps'), ...named('ends')] : undefined
}

/** useFlowSuggestions gives what a key of a form, a procedure or a matrix can name; undefined for keys that mean the same everywhere. */
function useFlowSuggestions(path: Path): { options?: { value: string; label: string }[] } | undefined {
  const { y } = useEditor()
  const { t } = useTranslation()
  const options = useOptions()
  const key = String(path.at(-1))
  if (!flowSections.has(String(path[0])) || key === 'clause') return undefined
  const found = path[0] === 'procedures' ? flowOptions(y, path, key) : undefined
  if (found) return { options: options(found) }
  if (seatKeys.has(key))
    return {
      options: [
        { value: 'owner', label: t('rulebook.duties.owner') },
        { value: 'starter', label: t('draft.starter') },
        ...options(namedIn(y, 'roles')),
      ],
    }
  if (key === 'near')
    return { options: ['customer', 'starter'].map((v) => ({ value: v, label: t(`draft.near.${v}`) })) }
  return {}
}

function useSuggestions(path: Path): { value: string; label: string }[] | undefined {
  const { y } = useEditor()
  const { t } = useTranslation()
  const options = useOptions()
  const clauses = useClauseOptions()
  const key = String(path.at(-1))
  if (key === 'clause' || key === 'scope_clauses') return clauses
  const flow = useFlowSuggestions(path)
  if (flow) return flow.options
  if (measureKeys.has(key)) return options(namedIn(y, 'measures'))
  if (key === 'judged') return options(namedIn(y, 'judgements'))
  if (key === 'from' && path[0] === 'grades') return options([...namedIn(y, 'scorecards'), ...namedIn(y, 'measures')])
  if (roleKeys.has(key)) return [{ value: 'owner', label: t('rulebook.duties.owner') }, ...options(namedIn(y, 'roles'))]
  if (key === 'evidence')
    return ['visit_report', 'call_note', 'survey_result', 'event_record', 'note'].map((v) => ({
      value: v,
      label: t(`rulebook.evidence.${v}`),
    }))
  if (key === 'do')
    return ['visit', 'call', 'survey', 'event', 'report'].map((v) => ({ value: v, label: t(`draft.choice.${v}`) }))
  if (key === 'scheme' && path[0] !== 'grades')
    return schemesOf(y).map((p) => ({ value: wordAt(y, [...p, 'scheme']), label: wordAt(y, [...p, 'scheme']) }))
  if (key === 'grade' || key === 'code' || key === 'allow')
    return options(
      labelsAt(y, path[0] === 'grades' && typeof path[1] === 'number' ? path.slice(0, 2) : schemeOf(y, '')),
    )
  if (factKeys.has(key)) {
    const kinds = new Set(['order', 'payment', 'visit', 'complaint', ...keysAt(y, ['facts'])])
    return [...kinds].map((v) => ({ value: v, label: t(`draft.fact.${v}`, { defaultValue: v }) }))
  }
  return undefined
}

function WordsField({ path, label }: { path: Path; label: string; field: Field }) {
  const { y, set } = useEditor()
  const options = useSuggestions(path) ?? []
  const single = kindAt(y, path) === 'word'
  return (
    <WordsSelect
      label={label}
      values={wordsAt(y, path)}
      options={options}
      free
      onChange={(v) => set(path, v.length === 0 ? undefined : single && v.length === 1 ? (v[0] ?? '') : v)}
    />
  )
}

function WordField({ path, label, field }: { path: Path; label: string; field: Field }) {
  const { y, set } = useEditor()
  const options = useSuggestions(path)
  const key = field.key
  const value = wordAt(y, path)
  const write = (v: string | undefined) => set(path, v === '' && !field.required ? undefined : v)
  if (key === 'for') return <GradesField path={path} label={label} />
  if (options)
    return (
      <WordSelect
        label={label}
        value={value}
        options={options}
        onChange={write}
        clear={!field.required}
        free={key !== 'clause'}
      />
    )
  if (periodKeys.has(key)) return <PeriodInput label={label} value={value} onChange={write} />
  const code = key === 'where' || key === 'applies_to' || key === 'skip' || key === 'required_when' || key === 'when'
  return <TextInput label={label} value={value} onChange={write} figure={figureKeys.has(key)} code={code} long={code} />
}

/** The grades a duty is for; a condition that says more than grades is shown as it is. */
function GradesField({ path, label }: { path: Path; label: string }) {
  const { y, set } = useEditor()
  const options = useOptions()
  const scheme = schemeOf(y, wordAt(y, [...path.slice(0, -1), 'scheme']))
  const condition = wordAt(y, path)
  const codes = gradesFor(condition)
  if (!codes) return <TextInput label={label} value={condition} onChange={(v) => set(path, v)} code />
  return (
    <WordsSelect
      label={label}
      values={codes}
      options={options(labelsAt(y, scheme))}
      onChange={(v) => v.length > 0 && set(path, forGrades(v))}
    />
  )
}
