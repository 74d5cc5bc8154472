import { autocompletion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { Annotation, Compartment, EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import { cspNonce } from '@/app/csp'
import type { Proposal } from './complete'

/** Something to say about a place of a text. */
export interface Mark {
  line: number
  column: number
  severity: 'error' | 'warning' | 'info'
  message: string
}

const outside = Annotation.define<boolean>()

interface Props {
  label: string
  value: string
  yaml: boolean
  marks: Mark[]
  /** The line to show. */
  line?: number
  onChange: (text: string) => void
  propose: (text: string, offset: number) => { from: number; list: Proposal[] }
  onUndo?: () => void
  onRedo?: () => void
}

/** A text with line numbers, colours, marks and completion. Its history is that of the whole draft. */
export default function CodeEditor(p: Props) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const props = useRef(p)
  props.current = p
  useEffect(() => {
    const parent = host.current
    if (!parent) return
    const v = new EditorView({ parent, state: stateOf(props.current, () => props.current) })
    view.current = v
    return () => v.destroy()
  }, [])
  useEffect(() => {
    const v = view.current
    if (v) follow(v, p.value)
  }, [p.value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks move with the text, so a new text places them anew.
  useEffect(() => {
    const v = view.current
    if (v)
      v.dispatch(
        setDiagnostics(
          v.state,
          p.marks.map((m) => diagnosticOf(v.state, m)),
        ),
      )
  }, [p.marks, p.value])
  useEffect(() => {
    const v = view.current
    if (!v || !p.line || p.line > v.state.doc.lines) return
    const at = v.state.doc.line(p.line)
    v.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: 'center' }) })
  }, [p.line])
  return <div ref={host} className="code-editor" />
}

function stateOf(p: Props, now: () => Props): EditorState {
  const run = (what: (() => void) | undefined) => {
    what?.()
    return true
  }
  const language = new Compartment()
  return EditorState.create({
    doc: p.value,
    extensions: [
      ...(cspNonce ? [EditorView.cspNonce.of(cspNonce)] : []),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      drawSelection(),
      foldGutter(),
      lintGutter(),
      bracketMatching(),
      indentOnInput(),
      syntaxHighlighting(classHighlighter),
      language.of(p.yaml ? yaml() : EditorView.lineWrapping),
      EditorView.contentAttributes.of({ 'aria-label': p.label, tabindex: '0' }),
      autocompletion({ override: [(c) => completion(c, now().propose)], icons: false }),
      keymap.of([
        { key: 'Mod-z', run: () => run(now().onUndo), preventDefault: true },
        { key: 'Mod-y', run: () => run(now().onRedo), preventDefault: true },
        { key: 'Mod-Shift-z', run: () => run(now().onRedo), preventDefault: true },
        ...completionKeymap,
        ...defaultKeymap,
        ...foldKeymap,
        ...lintKeymap,
      ]),
      EditorView.updateListener.of((u) => {
        if (u.docChanged && !u.transactions.some((tr) => tr.annotation(outside))) now().onChange(u.state.doc.toString())
      }),
    ],
  })
}

function completion(c: CompletionContext, propose: Props['propose']) {
  const word = c.matchBefore(/[\w.-]*/)
  if (!c.explicit && (!word || word.from === word.to)) return null
  const found = propose(c.state.doc.toString(), c.pos)
  return {
    from: found.from,
    options: found.list.map((x) => ({
      label: x.label,
      detail: x.detail,
      apply: x.kind === 'key' ? `${x.label}: ` : x.label,
      type: x.kind === 'key' ? 'property' : 'constant',
    })),
    validFor: /^[\w.-]*$/,
  }
}

/** follow brings the text of another pane in, changing only what differs, so that the cursor stays where it was. */
function follow(v: EditorView, text: string): void {
  const old = v.state.doc.toString()
  if (old === text) return
  let from = 0
  while (from < old.length && old[from] === text[from]) from++
  let end = 0
  while (
    end < old.length - from &&
    end < text.length - from &&
    old[old.length - 1 - end] === text[text.length - 1 - end]
  )
    end++
  v.dispatch({
    changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) },
    annotations: outside.of(true),
  })
}

function diagnosticOf(state: EditorState, m: Mark): Diagnostic {
  const line = state.doc.line(Math.min(Math.max(m.line, 1), state.doc.lines))
  const from = Math.min(line.from + Math.max(m.column - 1, 0), line.to)
  const word = /^[^\s,{}[\]]+/.exec(state.sliceDoc(from, line.to))?.[0].length ?? 0
  return { from, to: Math.min(from + word, line.to), severity: m.severity, message: m.message }
}
