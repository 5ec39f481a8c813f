import type { Question } from '../../../../shared/contract/questions.ts'
import { choice, number, right, trueFalse, words, wrong } from './question-forms.ts'

export const arabicArithmetic: readonly Question[] = [
  number('اشترى يوسف ٣ كيلوغرامات من التفاح، ثمن الكيلوغرام ٢٫٥ يورو. كم دفع؟', [[7.5, 7.5]]),
  choice('أي عدد هو الأكبر؟', [
    '٠٫٣',
    right('٠٫٧'),
    '٠٫٦٥',
    wrong('٠٫٠٩', 'تسعة أجزاء من مئة أصغر من سبعة أجزاء من عشرة.'),
  ]),
  trueFalse('نصف الساعة ثلاثون دقيقة.', true),
  number('ما حاصل ضرب ١٢ في ٨؟', [[96, 96]]),
  choice('يبدأ الدرس في الساعة ٨:٤٥ ويدوم ساعة ونصفًا. متى ينتهي؟', ['٩:٤٥', '١٠:٠٠', right('١٠:١٥'), '١٠:٤٥']),
  words('كيف نسمّي الشكل الذي له ثلاثة أضلاع؟', ['مثلث', 'المثلث']),
  trueFalse('١٠٪ من ٢٠٠ هي ٢.', false, 'عشرة بالمئة من مئتين هي عشرون.'),
  number('طول حديقة ١٥ مترًا وعرضها ٦ أمتار. ما محيطها بالمتر؟', [
    [42, 42],
    [90, 90, 25],
  ]),
]
