import { Button } from 'antd'
import { Plus, X } from 'lucide-react'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { useText } from '@/kit/text'
import { AddPart } from './AddPart'
import { useEditor } from './context'
import { useFieldName } from './FieldInput'
import { WordSelect } from './inputs'
import { PartCard } from './PartCard'
import { allParts, clausePaths, freshEntry, namedSections, orderedLists, partsAt, partsOf, sectionsOf } from './parts'
import { keysAt, kindAt, lengthAt, type Path } from './yaml'
import { insert, put } from './yamlEdit'

/** useSectionName gives the words of a section. */
function useSectionName(): (section: string) => string {
  const { t } = useTranslation()
  const field = useFieldName()
  return (s) => t(`draft.section.${s}`, { defaultValue: field(s) })
}

const addable = [
  'settings',
  'measures',
  'judgements',
  'scorecards',
  'roles',
  'duties',
  'procedures',
  'forms',
  'authorities',
]

/** What carries the regulation out: of one clause, or section by section. */
export function RulesPane(p: {
  clause: string | undefined
  section: string
  onSection: (section: string) => void
  onAll: () => void
}) {
  const { t } = useTranslation()
  const { text, y } = useEditor()
  if (text.y.broken)
    return (
      <EmptyState
        title={t('draft.broken.title', { line: text.y.broken.line })}
        hint={t('draft.broken.hint')}
        actions={text.undo && <Button onClick={text.undo}>{t('draft.undo')}</Button>}
      />
    )
  const sections = sectionsOf(y)
  const section = sections.includes(p.section) ? p.section : (sections[0] ?? 'about')
  return p.clause ? (
    <OfClause clause={p.clause} onAll={p.onAll} />
  ) : (
    <>
      <SectionBar sections={sections} current={section} onChoose={p.onSection} />
      <Section section={section} />
    </>
  )
}

function SectionBar(p: { sections: string[]; current: string; onChoose: (s: string) => void }) {
  const { t } = useTranslation()
  const name = useSectionName()
  return (
    <fieldset className="kinds edit-sections" aria-label={t('draft.sections')}>
      {p.sections.map((s) => (
        <button key={s} type="button" className="kind" aria-pressed={s === p.current} onClick={() => p.onChoose(s)}>
          {name(s)}
        </button>
      ))}
    </fieldset>
  )
}

function Section({ section }: { section: string }) {
  const { t } = useTranslation()
  const { y } = useEditor()
  const parts = partsOf(y, section)
  return (
    <div className="edit-parts">
      {section === 'settings' && <p className="muted edit-note">{t('draft.settings_hint')}</p>}
      {section === 'scorecards' && <p className="muted edit-note">{t('draft.scorecards_hint')}</p>}
      {parts.length === 0 && <EmptyState title={t('draft.nothing_here')} />}
      {parts.map((part, i) => (
        <Fragment key={part.path.join('.')}>
          <PartCard part={part} open={parts.length === 1} />
          {orderedLists[section] && !parts[i + 1]?.ordered && (
            <AddWithin section={section} path={part.path.slice(0, 2)} />
          )}
        </Fragment>
      ))}
      <AddBar sections={sectionAdds(section)} />
    </div>
  )
}

/** Adds an entry to a list of a form or procedure. */
function AddWithin({ section, path }: { section: string; path: Path }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<string>()
  return (
    <div className="edit-add edit-part-in">
      {(orderedLists[section] ?? []).map((list) => (
        <Button key={list} size="small" icon={<Plus size={14} />} onClick={() => setAsked(list)}>
          {t('draft.add', { name: t(`draft.one.${list}`) })}
        </Button>
      ))}
      {asked && (
        <AddPart
          section={asked}
          title={t(`draft.one.${asked}`)}
          at={[...path, asked]}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}

const sectionAdds = (section: string): string[] =>
  section === 'scorecards'
    ? ['items', 'scorecards']
    : section === 'about'
      ? addable
      : addable.filter((s) => s === section)

/** What one clause is carried out by. */
function OfClause({ clause, onAll }: { clause: string; onAll: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const { y, clauses } = useEditor()
  const c = clauses.find((x) => x.number === clause)
  const parts = partsAt(allParts(y), clausePaths(y).get(clause) ?? [])
  return (
    <>
      <div className="edit-of">
        <b>
          {clause} {text(c?.title)}
        </b>
        <span className="grow" />
        <Button size="small" icon={<X size={14} />} onClick={onAll}>
          {t('draft.all_parts')}
        </Button>
      </div>
      <div className="edit-parts">
        {parts.length === 0 ? (
          <EmptyState title={t('draft.by_people')} hint={t('draft.by_people_hint')} />
        ) : (
          parts.map((part) => <PartCard key={part.path.join('.')} part={part} open={parts.length < 3} />)
        )}
        <AddBar sections={[...addable, 'items']} clause={clause} />
      </div>
    </>
  )
}

/** Adds an entry: named ones ask for their name first. */
function AddBar({ sections, clause }: { sections: string[]; clause?: string }) {
  const { t } = useTranslation()
  const { text, y } = useEditor()
  const name = useSectionName()
  const [asked, setAsked] = useState<string>()
  const words = { zh: t('draft.new_zh'), en: t('draft.new_en') }
  const add = (section: string) => {
    if (namedSections.includes(section)) return setAsked(section)
    text.change((now) => {
      const path = section === 'items' ? ['scorecards', keysAt(now, ['scorecards'])[0] ?? 'total', 'items'] : [section]
      const value = freshEntry(now, section, clause, words)
      if (kindAt(now, path) !== 'list') return put(now, path, [value])
      return insert(now, path, lengthAt(now, path), value)
    })
  }
  const possible = sections.filter((s) => s !== 'items' || keysAt(y, ['scorecards']).length > 0)
  if (possible.length === 0) return null
  return (
    <div className="edit-add">
      {possible.length === 1 ? (
        <Button icon={<Plus size={14} />} onClick={() => add(possible[0] ?? '')}>
          {t('draft.add', { name: name(possible[0] ?? '') })}
        </Button>
      ) : (
        <WordSelect
          label={t(clause ? 'draft.add_for_clause' : 'draft.add_part')}
          placeholder={t(clause ? 'draft.add_for_clause' : 'draft.add_part')}
          value=""
          options={possible.map((s) => ({ value: s, label: name(s) }))}
          onChange={(s) => s && add(s)}
        />
      )}
      {asked && <AddPart section={asked} title={name(asked)} clause={clause} onClose={() => setAsked(undefined)} />}
    </div>
  )
}
