/** Pasted lists become options. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { pastedLines } from '../../app/values/pasted-list.ts'

/** The same function of the form's script. */
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const script = read('static/js/new.js')
const rules = script.slice(script.indexOf('const isFilled'), script.indexOf('const rowOf'))
const inBrowser: typeof pastedLines = runInNewContext(`${rules}; pastedLines`)

/** The lines of a source that are a pattern or an alphabet. */
const rulesIn = (source: string) => source.match(/^ +(?:\/\^|').*/gm) ?? []

describe('values/pasted-list', () => {
  const lists: Array<[text: string, lines: string[]]> = [
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\u000bb\u2028c\u0085d', ['a', 'b', 'c', 'd']],
    ['a\rb\fc\u2029d', ['a', 'b', 'c', 'd']],
    ['- a\n- b', ['a', 'b']],
    ['  - a\n\t-  b', ['a', 'b']],
    ['a - b\nc - d', ['a - b', 'c - d']],
    ['[X] a\n[] b', ['a', 'b']],
    [' 1.  a\n 2. b', ['a', 'b']],
    ['1: a\n2: b', ['a', 'b']],
    ['x 1. a\ny 2. b', ['x 1. a', 'y 2. b']],
    ['• a\n\n• b', ['a', 'b']],
    ['•\ta\n•\tb', ['a', 'b']],
    ['[ ] a\n[x] b', ['a', 'b']],
    ['1. a\n2. b\n3. c', ['a', 'b', 'c']],
    ['1) a\n2) b', ['a', 'b']],
    ['(a) x\n(b) y', ['x', 'y']],
    ['A. x\nB. y', ['x', 'y']],
    ['1. FC Köln', ['1. FC Köln']],
    ['- none', ['- none']],
    ['1. FC Köln\n1. FC Nürnberg', ['1. FC Köln', '1. FC Nürnberg']],
    ['3. Liga\n2. Bundesliga', ['3. Liga', '2. Bundesliga']],
    ['- a\nb', ['- a', 'b']],
    ['-5\n-6', ['-5', '-6']],
    ['1、苹果\n2、香蕉', ['苹果', '香蕉']],
    ['１．苹果\n２．香蕉', ['１．苹果', '２．香蕉']],
    ['（1）苹果\n（2）香蕉', ['苹果', '香蕉']],
    ['① x\n②y', ['x', 'y']],
    ['一、苹果\n二、香蕉', ['苹果', '香蕉']],
    [
      Array.from('一二三四五六七八九十', one => `${one}、x`)
        .concat('十一、x')
        .join('\n'),
      Array.from({ length: 11 }, () => 'x')
    ],
    ['一、二\n一、三', ['一、二', '一、三']],
    ['\uF0B7 a\n\uF0B7\tb', ['a', 'b']],
    ['3.5 l\n4.5 l', ['3.5 l', '4.5 l']],
    ['1.5 l\n2.5 l', ['1.5 l', '2.5 l']],
    ['•\u2060 \u2060a\n•\u2060 \u2060b', ['a', 'b']],
    ['1.\u2060 \u2060a\n2.\u2060 \u2060b', ['a', 'b']],
    ['1️⃣ a\n2️⃣b\n3⃣ c', ['a', 'b', 'c']],
    [
      Array.from(
        { length: 11 },
        (_, n) => `${n === 9 ? '🔟' : String(n + 1).replaceAll(/\d/g, '$&\ufe0f\u20e3')} x`
      ).join('\n'),
      Array.from({ length: 11 }, () => 'x')
    ],
    ['١. بيتزا\n٢. سوشي', ['بيتزا', 'سوشي']],
    ['۱- A\n۲- B', ['A', 'B']],
    ['1- a\n2- b', ['a', 'b']],
    ['1.) a\n2.) b', ['a', 'b']],
    ['01. a\n02. b', ['a', 'b']],
    ['* [ ] a\n* [x] b', ['a', 'b']],
    ['o\ta\no\tb', ['a', 'b']],
    ['o a\no b', ['o a', 'o b']],
    ['⁃\ta\n⁃\tb', ['a', 'b']],
    ['\uF071 a\n\uF06F b', ['a', 'b']],
    ['1.Pizza\n2.Sushi', ['1.Pizza', '2.Sushi']],
    ['1-2 h\n2-3 h', ['1-2 h', '2-3 h']],
    ['"Room A\nfloor 1"\nRoom B', ['Room A floor 1', 'Room B']],
    ['"Room ""A""\r\nfloor 1"\t12\r\nRoom B\t30', ['Room "A" floor 1\t12', 'Room B\t30']],
    ['"Room A\nfloor 1"', ['Room A floor 1']],
    ['"A"\n"B"', ['"A"', '"B"']],
    ['Screen 5"\nScreen 7"', ['Screen 5"', 'Screen 7"']],
    ['１）りんご\n２）バナナ', ['りんご', 'バナナ']],
    ['１. りんご\n２. バナナ', ['りんご', 'バナナ']],
    ['▪\ufe0f a\n▪\ufe0f b', ['a', 'b']],
    ['✔\ufe0f a\n☑\ufe0f b', ['a', 'b']],
    ['\u200e1. a\n\u200e2. b', ['a', 'b']],
    ['\u200b• a\n\u200b• b', ['a', 'b']],
    ['\u200f- a\n \u200f- b', ['a', 'b']],
    ['1.\u200e a\n2.\u200e b', ['a', 'b']],
    ['§\ta\nØ\tb\nü\tc\nv\td\nq\te', ['a', 'b', 'c', 'd', 'e']],
    ['§ a\n§ b', ['§ a', '§ b']],
    ['Ø a\nØ b', ['Ø a', 'Ø b']],
    ['・りんご\n・バナナ', ['りんご', 'バナナ']],
    ['•a\n•b', ['a', 'b']],
    ['i. a\nii. b\niii. c\niv. d', ['a', 'b', 'c', 'd']],
    ['I) a\nII) b', ['a', 'b']],
    [
      Array.from(
        { length: 12 },
        (_, n) =>
          `${'x'.repeat(n / 9)}${['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', '', 'i', 'ii'][n]}. y`
      ).join('\n'),
      Array.from({ length: 12 }, () => 'y')
    ],
    ['i. a\ni. b', ['i. a', 'i. b']],
    ['V. Meier\nX. Schmidt', ['V. Meier', 'X. Schmidt']],
    ['а) чай\nб) кофе\nв) сок', ['чай', 'кофе', 'сок']],
    [[...'абвгдежзик'].map(one => `${one}) x`).join('\n'), Array.from({ length: 10 }, () => 'x')],
    [[...'абвгдежзий'].map(one => `${one}) x`).join('\n'), Array.from({ length: 10 }, () => 'x')],
    ['א. x\nב. y', ['x', 'y']],
    ['أ. x\nب. y\nج. z\nد. v\nهـ. w', ['x', 'y', 'z', 'v', 'w']],
    ['أ. x\nب. y\nت. z\nث. v', ['x', 'y', 'z', 'v']],
    ['الف) x\nب) y\nپ) z', ['x', 'y', 'z']],
    ['ア）x\nイ）y\nウ）z', ['x', 'y', 'z']],
    ['イ. x\nロ. y\nハ. z', ['x', 'y', 'z']],
    ['甲、苹果\n乙、香蕉', ['苹果', '香蕉']],
    ['甲、金\n乙、木', ['金', '木']],
    ['A、火曜\nB、木曜', ['火曜', '木曜']],
    ['甲、\n乙、香蕉', ['香蕉']],
    ...[
      '甲、乙\n乙、丙',
      'ア、イ\nイ、ウ',
      'あ、い\nい、う',
      'A、B\nB、C',
      'A、 b\nB、 c',
      '一、二\n二、三'
    ].map((pairs): [string, string[]] => [pairs, pairs.split('\n')]),
    ['1、2\n2、3', ['2', '3']],
    ['Ⅰ. x\nⅡ. y\nⅢ. z', ['x', 'y', 'z']],
    ['ⓐ x\nⓑ y', ['x', 'y']],
    ['Ⓐ x\nⒷ y', ['x', 'y']],
    ['⒜ x\n⒝ y', ['x', 'y']],
    ['㈠苹果\n㈡香蕉', ['苹果', '香蕉']],
    ['㊀ x\n㊁ y', ['x', 'y']],
    ...['▶', '▶\ufe0f', '▷', '◇', '◎', '※', '»', '‒'].map((mark): [string, string[]] => [
      `${mark} x\n${mark} y`,
      ['x', 'y']
    ]),
    ['»Ja«\n»Nein«', ['»Ja«', '»Nein«']],
    ...['абвгґдеєжз', 'абвгдеєжз', 'абвгдежик', 'абвгдђежз'].map((letters): [string, string[]] => [
      Array.from(letters, letter => `${letter}) x`).join('\n'),
      Array.from(letters, () => 'x')
    ]),
    ['甲. x\n丙. y', ['甲. x', '丙. y']],
    ['१. चाय\n२. कॉफ़ी', ['चाय', 'कॉफ़ी']],
    ['১। চা\n২। কফি', ['চা', 'কফি']],
    ['๑. ชา\n๒. กาแฟ', ['ชา', 'กาแฟ']],
    ['\u202aa\u202c\n\u202bb\u202c', ['a', 'b']],
    ['\u202a1. a\u202c\r\n\u202a2. b\u202c', ['a', 'b']],
    ['\u202aa\nb\u202c', ['a', 'b']],
    ['\u202aa\u202c', ['a']],
    ['a\u202eb\nc\u202cd', ['a\u202eb', 'c\u202cd']],
    ['• Ann\n• Bob\n•', ['Ann', 'Bob']],
    ['- Pizza\n- Sushi\n-', ['Pizza', 'Sushi']],
    ['- Pizza\n-\n- Sushi', ['Pizza', 'Sushi']],
    ['1. a\n2. b\n3.', ['a', 'b']],
    ['1) a\n2)\n3) c', ['a', 'c']],
    ['1- a\n2-', ['a']],
    ['☐ a\n☐', ['a']],
    ['[ ] a\n[ ]', ['a']],
    ['+\n-', ['+', '-']],
    ['1.\n2.', ['1.', '2.']],
    ['★\n★★', ['★', '★★']],
    ['★\n★ ★\n★ ★ ★', ['★', '★ ★', '★ ★ ★']],
    ['+ yes\n-', ['+ yes', '-']],
    ['A-班\nB-班', ['A-班', 'B-班']],
    ['1-반\n2-반', ['1-반', '2-반']],
    ['1.\n2. Sushi\n3.', ['Sushi']],
    ['\uF06C a\n\uF06E b\n\uF075 c\n\uF0A8\td\n\uF0E0 e', ['a', 'b', 'c', 'd', 'e']],
    ['\uF0E8 a\n\uF0FE b\n\uF02D c\n\uF0B7\td', ['a', 'b', 'c', 'd']],
    ['o   Pizza\no   Sushi', ['Pizza', 'Sushi']],
    ['o\u00a0\u00a0 Pizza\no\u00a0\u00a0 Sushi', ['Pizza', 'Sushi']],
    ['§  a\n§  b', ['a', 'b']],
    ['✅ Yes\n❌ No', ['✅ Yes', '❌ No']],
    ['1 - Pizza\n2 - Sushi', ['Pizza', 'Sushi']],
    ['1 – Pizza\n2 – Sushi\n3 –', ['Pizza', 'Sushi']],
    ['1 - Pizza\n1 - Sushi', ['1 - Pizza', '1 - Sushi']],
    ['1 - 2 h\n2 - 3 h', ['1 - 2 h', '2 - 3 h']],
    ['1 –  2 h\n2 –  3 h', ['1 –  2 h', '2 –  3 h']],
    ['1\tPizza\n2\tSushi', ['Pizza', 'Sushi']],
    ['1\tAnn\tann@example.org\n2\tBob\tbob@example.org', ['Ann\tann@example.org', 'Bob\tbob@example.org']],
    ['1\tPizza\n3\tSushi', ['1\tPizza', '3\tSushi']],
    ['1\t12\n2\t30', ['1\t12', '2\t30']],
    ['1 Pizza\n2 Pizzas', ['1 Pizza', '2 Pizzas']],
    ['가. 김밥\n나. 라면\n다) 떡', ['김밥', '라면', '떡']],
    ['가. 김밥\n가. 라면', ['가. 김밥', '가. 라면']],
    ['ก. ชา\nข. กาแฟ\nค. นม\nง. น้ำ', ['ชา', 'กาแฟ', 'นม', 'น้ำ']],
    ['क. चाय\nख. कॉफ़ी', ['चाय', 'कॉफ़ी']],
    [[...'कखगघङच'].map(one => `${one}) x`).join('\n'), Array.from({ length: 6 }, () => 'x')],
    [[...'कखगघच'].map(one => `${one}) x`).join('\n'), Array.from({ length: 5 }, () => 'x')],
    ['⑴ a\n⑵ b', ['a', 'b']],
    ['❶a\n❷ b', ['a', 'b']],
    ['⒈ a\n⒉b', ['a', 'b']],
    [[...'❶❷❸❹❺❻❼❽❾❿⓫⓬'].map(one => `${one} x`).join('\n'), Array.from({ length: 12 }, () => 'x')],
    ['➀ a\n➁ b', ['a', 'b']],
    ['1.北京\n2.上海\n3.广州', ['北京', '上海', '广州']],
    ['1)北京\n2)上海', ['北京', '上海']],
    ['(1)北京\n(2)上海', ['北京', '上海']],
    ['A.北京\nB.上海', ['北京', '上海']],
    ['一.北京\n二.上海', ['北京', '上海']],
    [
      [...'一二三四五六七八九十', '十一'].map(one => `${one}.京`).join('\n'),
      Array.from({ length: 11 }, () => '京')
    ],
    ['1.김밥\n2.라면', ['김밥', '라면']],
    ['가.김밥\n나.라면', ['김밥', '라면']],
    ['1.すし\n2.ラーメン', ['すし', 'ラーメン']],
    ['1.5北京\n2.5上海', ['1.5北京', '2.5上海']],
    ['3.北京\n2.上海', ['3.北京', '2.上海']],
    ['', []],
    [' \n ', []]
  ]
  for (const [text, lines] of lists)
    test(JSON.stringify(text), () => {
      assert.deepEqual(pastedLines(text), lines)
      assert.deepEqual([...inBrowser(text)], lines, 'in the browser')
    })

  for (const bullet of '-*+–—•‣◦⦁∙⁃▪▫◼◾●○■□·☐☑☒✅✓✔→➔➢➤►▸◆❏❑❖★・')
    test(`${bullet} is a bullet`, () => assert.deepEqual(pastedLines(`${bullet} a\n${bullet} b`), ['a', 'b']))

  test('the browser has the same patterns and alphabets', () => {
    assert.ok(rulesIn(rules).length > 30)
    assert.deepEqual(rulesIn(rules), rulesIn(read('app/values/pasted-list.ts')))
  })
})
