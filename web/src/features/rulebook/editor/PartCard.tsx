import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { everyText, periodText } from '@/kit/period'
import { useText } from '@/kit/text'
import { Assumed, Clause } from '@/kit/Why'
import { useEditor } from './context'
import { DropButton } from './DropButton'
import { useFieldName } from './FieldInput'
import { DecisionTable, LabelsTable } from './GradeTables'
import { PeriodInput, TextInput, WordSelect, YesSelect } from './inputs'
import { NodeForm } from './NodeForm'
import { Bands, PointsTable } from './PointsTable'
import { labelsAt, nameOf, type PartAt, schemeOf } from './parts'
import { Reorder, useDropPlace } from './Reorder'
import { ruleFile } from './useDraft'
import { gradesFor } from './words'
import { kindAt, lineAt, type Path, wordAt, wordsAt } from './yaml'

/** One part of a rulebook: what it is, what it says in short, and its form. */
export function PartCard({ part, open: opened }: { part: PartAt; open?: boolean }) {
  const { t } = useTranslation()
  const text = useText()
  const name = useFieldName()
  const { y, onLine, onClause } = useEditor()
  const [open, setOpen] = useState(opened ?? false)
  const drop = useDropPlace(part.path, part.ordered === true)
  if (part.view === 'setting') return <SettingRow path={part.path} />
  const table = part.view === 'bands' || part.view === 'labels' || part.view === 'table'
  const last = String(part.path.at(-1) ?? '')
  const title =
    part.path.length === 0 ? t('draft.section.about') : table ? name(last) : text(nameOf(y, part.path)) || name(last)
  const removable = part.path.length > 1 && !table && part.section !== 'grades'
  return (
    <section className={partClass(part, drop.over)} aria-label={title} {...drop.handlers}>
      <div className="edit-part-head">
        {part.ordered && <Reorder path={part.path} name={title} />}
        {table ? (
          <b>{title}</b>
        ) : (
          <button type="button" className="edit-open" aria-expanded={open} onClick={() => setOpen(!open)}>
            {title}
          </button>
        )}
        {!table && <Short path={part.path} section={part.section} />}
        {wordAt(y, [...part.path, 'assumed']) === 'true' && <Assumed />}
        <span className="grow" />
        <span className="edit-part-end">
          <Clause clause={wordAt(y, [...part.path, 'clause'])} onClause={onClause} />
          <button type="button" className="text-button num" onClick={() => onLine(ruleFile, lineAt(y, part.path))}>
            {t('rulebook.line', { line: lineAt(y, part.path) })}
          </button>
          {removable && <DropButton path={part.path} name={title} />}
        </span>
      </div>
      <PartBody part={part} open={open} />
    </section>
  )
}

/** An entry of an ordered list stands below what it belongs to. */
const partClass = (part: PartAt, over: boolean): string =>
  `edit-part${part.ordered ? ' edit-part-in' : ''}${over ? ' edit-part-over' : ''}`

function PartBody({ part, open }: { part: PartAt; open: boolean }) {
  const { y } = useEditor()
  switch (part.view) {
    case 'bands':
      return <Bands path={part.path} to="code" />
    case 'labels':
      return <LabelsTable path={part.path} />
    case 'table':
      return <DecisionTable path={part.path} />
    case 'item':
      return (
        <>
          {kindAt(y, [...part.path, 'points']) === 'map' && <PointsTable path={[...part.path, 'points']} />}
          {open && <NodeForm path={part.path} without={part.without} />}
        </>
      )
    default:
      return open ? <NodeForm path={part.path} without={part.without} /> : null
  }
}

/** What a part says, in a few words. */
function Short({ path, section }: { path: Path; section: string }) {
  return section === 'procedures' || section === 'forms' ? (
    <FlowShort path={path} section={section} />
  ) : (
    <RuleShort path={path} section={section} />
  )
}

/** A field's type, or who does what in a step and within which time. */
function FlowShort({ path, section }: { path: Path; section: string }) {
  const { t } = useTranslation()
  const text = useText()
  const { y } = useEditor()
  const word = (k: string) => wordAt(y, [...path, k])
  const kind = word(section === 'forms' ? 'type' : 'do')
  const by = wordsAt(y, [...path, 'by']).map((b) => text(nameOf(y, ['roles', b])) || b)
  const words = [
    kind && t(`draft.choice.${kind}`, { defaultValue: kind }),
    by.join(t('kit.list_comma')),
    periodText(t, word('within')),
    word('required') === 'true' && t('draft.flow.required'),
  ]
  return <span className="muted edit-short">{words.filter(Boolean).join(' · ')}</span>
}

function RuleShort({ path, section }: { path: Path; section: string }) {
  const { t } = useTranslation()
  const text = useText()
  const { y } = useEditor()
  const word = (k: string) => wordAt(y, [...path, k])
  const words: string[] = []
  if (section === 'duties') {
    const grades = labelsAt(y, schemeOf(y, word('scheme')))
    const codes = gradesFor(word('for'))
    words.push(
      codes
        ? codes.map((c) => text(grades.find((g) => g.name === c)?.title) || c).join(t('kit.list_comma'))
        : word('for'),
    )
    const every = word('every')
    const setting = /^\{\s*(\w+)\s*\}$/.exec(every)?.[1]
    if (every) words.push(everyText(t, setting ? wordAt(y, ['settings', setting, 'value']) : every))
    const by = word('by')
    words.push(by === 'owner' ? t('rulebook.duties.owner') : text(nameOf(y, ['roles', by])) || by)
  } else {
    for (const k of [
      'measure',
      'sum',
      'count',
      'average',
      'ratio',
      'growth',
      'from',
      'every',
      'weight',
      'max',
      'missing',
    ]) {
      const v = wordsAt(y, [...path, k]).join(' / ')
      if (v) words.push(`${t(`draft.field.${k}`)} ${t(`draft.choice.${v}`, { defaultValue: v })}`)
    }
  }
  return <span className="muted edit-short">{words.slice(0, 3).join(' · ')}</span>
}

/** A setting on one line: its value, whether the text gives it, and the clause. */
function SettingRow({ path }: { path: Path }) {
  const { t } = useTranslation()
  const text = useText()
  const { y, set, onClause } = useEditor()
  const [open, setOpen] = useState(false)
  const title = text(nameOf(y, path))
  const assumed = wordAt(y, [...path, 'assumed']) === 'true'
  return (
    <section className="edit-part" aria-label={title}>
      <div className="edit-setting">
        <button type="button" className="edit-open" aria-expanded={open} onClick={() => setOpen(!open)}>
          {title}
        </button>
        <SettingValue path={path} label={title} />
        <Checkbox checked={assumed} onChange={(e) => set([...path, 'assumed'], e.target.checked ? 'true' : undefined)}>
          {t('draft.field.assumed')}
        </Checkbox>
        <Clause clause={wordAt(y, [...path, 'clause'])} onClause={onClause} />
        <DropButton path={path} name={title} />
      </div>
      {open && <NodeForm path={path} without={['value', 'assumed']} />}
    </section>
  )
}

function SettingValue({ path, label }: { path: Path; label: string }) {
  const { t } = useTranslation()
  const { y, set } = useEditor()
  const at = [...path, 'value']
  const value = wordAt(y, at)
  const choices = wordsAt(y, [...path, 'choices'])
  const type = wordAt(y, [...path, 'type'])
  const write = (v: string | undefined) => v && set(at, v)
  if (choices.length > 0)
    return (
      <WordSelect
        label={label}
        value={value}
        options={choices.map((v) => ({ value: v, label: t(`rulebook.choice.${v}`, { defaultValue: v }) }))}
        onChange={write}
      />
    )
  if (type === 'boolean' || value === 'true' || value === 'false')
    return <YesSelect label={label} value={value} onChange={write} />
  if (type === 'period' || /^P\d/.test(value)) return <PeriodInput label={label} value={value} onChange={write} />
  return <TextInput label={label} value={value} figure onChange={write} />
}
