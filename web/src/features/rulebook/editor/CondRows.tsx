import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '@/kit/text'
import { useEditor } from './context'
import { DropButton } from './DropButton'
import { useOptions } from './FieldInput'
import { TextInput, WordSelect, WordsSelect } from './inputs'
import { labelsAt, namedIn, nameOf, schemesOf } from './parts'
import { keysAt, kindAt, type Path, type Value, wordAt, wordsAt, type Yaml } from './yaml'
import { put } from './yamlEdit'

const limits = ['at_least', 'above', 'at_most', 'below'] as const
type Limit = (typeof limits)[number]

/** useSubjects offers what a condition can be about: measures, judgements, the grades of the schemes. */
function useSubjects() {
  const { t } = useTranslation()
  const { y } = useEditor()
  const options = useOptions()
  const schemes = schemesOf(y).map((p) => {
    const name = wordAt(y, [...p, 'scheme'])
    return { name, title: { ...nameOf(y, p) } }
  })
  return [
    ...options([...namedIn(y, 'measures'), ...namedIn(y, 'judgements'), ...schemes]),
    ...segmentKeys.map((k) => ({ value: k as string, label: t(`draft.cond.${k}`) })),
  ]
}

const segmentKeys = ['in_segment', 'not_in_segment'] as const
const ofSegment = (key: string): boolean => segmentKeys.some((k) => k === key)

/** The conditions of a row, which must all hold. */
export function CondRows({ path }: { path: Path }) {
  const { t } = useTranslation()
  const { y, set } = useEditor()
  const subjects = useSubjects()
  const used = keysAt(y, path)
  return (
    <div className="edit-conds">
      {used.map((k) => (
        <CondRow key={k} path={[...path, k]} label={subjects.find((s) => s.value === k)?.label ?? k} />
      ))}
      <WordSelect
        label={t('draft.cond.add')}
        placeholder={t('draft.cond.add')}
        value=""
        options={subjects.filter((s) => !used.includes(s.value))}
        onChange={(k) =>
          k &&
          set(
            [...path, k],
            ofSegment(k) ? t('draft.cond.segment') : y.doc && isJudged(y, k) ? ['yes'] : { at_least: '0' },
          )
        }
      />
    </div>
  )
}

const isJudged = (y: Yaml, key: string): boolean => !keysAt(y, ['measures']).includes(key)

function CondRow({ path, label }: { path: Path; label: string }) {
  const { t } = useTranslation()
  const { y, set, text } = useEditor()
  const written = keysAt(y, path).filter((k): k is Limit => limits.includes(k as Limit))
  const free = limits.filter((l) => !written.includes(l))
  return (
    <div className="edit-cond">
      <span className="edit-cond-of">{label}</span>
      {kindAt(y, path) === 'map' ? (
        <>
          {written.map((l) => (
            <span key={l} className="edit-limit">
              <WordSelect
                label={t('draft.cond.how', { name: label })}
                value={l}
                options={[l, ...free].map((x) => ({ value: x, label: t(`draft.bound.${x}`) }))}
                onChange={(to) => to && text.change((now) => relimit(now, path, l, to as Limit))}
              />
              <TextInput
                label={`${label} ${t(`draft.bound.${l}`)}`}
                value={wordAt(y, [...path, l])}
                figure
                onChange={(v) => v && set([...path, l], v)}
              />
            </span>
          ))}
          {written.length === 1 && free[0] && (
            <Button
              size="small"
              type="text"
              icon={<Plus size={14} />}
              aria-label={t('draft.cond.limit')}
              onClick={() =>
                set([...path, written[0]?.startsWith('a') && written[0] !== 'at_most' ? 'below' : 'at_least'], '0')
              }
            />
          )}
        </>
      ) : (
        <ValuesOf path={path} label={label} />
      )}
      <DropButton path={path} name={label} />
    </div>
  )
}

/** The values that hold: of a judgement its answers, of a scheme its grades. */
function ValuesOf({ path, label }: { path: Path; label: string }) {
  const { y, set } = useEditor()
  const options = useOptions()
  const text = useText()
  const key = String(path.at(-1))
  const scheme = schemesOf(y).find((p) => wordAt(y, [...p, 'scheme']) === key)
  const answers = keysAt(y, ['judgements', key, 'values']).map((v) => ({
    value: v,
    label:
      text({
        zh: wordAt(y, ['judgements', key, 'values', v, 'zh']),
        en: wordAt(y, ['judgements', key, 'values', v, 'en']),
      }) || v,
  }))
  return (
    <WordsSelect
      label={label}
      values={wordsAt(y, path)}
      options={scheme ? options(labelsAt(y, scheme)) : answers}
      free
      onChange={(v) => v.length > 0 && set(path, v.length === 1 || ofSegment(key) ? (v.at(-1) ?? '') : v)}
    />
  )
}

/** relimit writes a limit with another kind of bound. */
function relimit(y: Yaml, path: Path, from: Limit, to: Limit): string {
  const all: Record<string, Value> = {}
  for (const k of keysAt(y, path)) all[k === from ? to : k] = wordAt(y, [...path, k])
  return put(y, path, all)
}
