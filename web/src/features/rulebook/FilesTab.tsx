import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { CopyButton } from '@/kit/CopyButton'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PanelSkeleton } from './PanelSkeleton'
import type { TabProps } from './RulebookPage'

const order = ['rulebook.yaml', 'clauses.md', 'cases.yaml']
const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)

/** The files of a version as they are, with line numbers. */
export function FilesTab({ book, version, search, set }: TabProps) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/rulebooks/{id}/versions/{version}/files', {
    params: { path: { id: book.id, version } },
  })
  return (
    <Panel flush>
      <QueryView query={query} skeleton={<PanelSkeleton />}>
        {({ files }) => {
          const names = Object.keys(files).sort((a, b) => place(a) - place(b))
          const name = names.find((n) => n === search.file) ?? names[0] ?? ''
          const source = files[name] ?? ''
          return (
            <>
              <div className="file-head">
                <fieldset className="kinds" aria-label={t('rulebook.tab.files')}>
                  {names.map((n) => (
                    <button
                      key={n}
                      type="button"
                      className="kind"
                      aria-pressed={n === name}
                      onClick={() => set({ file: n, line: undefined })}
                    >
                      {n}
                    </button>
                  ))}
                </fieldset>
                <CopyButton text={source} what={name} />
              </div>
              <Source source={source} label={name} line={Number(search.line)} />
            </>
          )
        }}
      </QueryView>
    </Panel>
  )
}

function Source({ source, label, line }: { source: string; label: string; line: number }) {
  const marked = useRef<HTMLLIElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file or line brings another marked row.
  useEffect(() => {
    marked.current?.scrollIntoView({ block: 'center' })
  }, [label, line])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className="source" aria-label={label} tabIndex={0}>
      <ol>
        {source
          .trimEnd()
          .split('\n')
          .map((l, i) => (
            <li key={i} ref={i + 1 === line ? marked : undefined} className={i + 1 === line ? 'source-on' : undefined}>
              <code>{l || ' '}</code>
            </li>
          ))}
      </ol>
    </section>
  )
}
