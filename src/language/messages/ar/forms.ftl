# What the forms for reports and sheets say in the browser; the page hands this file over to its script.

queue-empty = لا شيء ينتظر.
queue-count = بانتظار الإرسال: { $value }.
queue-sent-count = أُرسل: { $value }.
queue-sending = { $seconds ->
    [one] جارٍ الإرسال … المتبقي: { $value }. ويُرسل التالي خلال ثانية واحدة.
    [two] جارٍ الإرسال … المتبقي: { $value }. ويُرسل التالي خلال ثانيتين.
    [few] جارٍ الإرسال … المتبقي: { $value }. ويُرسل التالي خلال { $seconds } ثوانٍ.
   *[other] جارٍ الإرسال … المتبقي: { $value }. ويُرسل التالي خلال { $seconds } ثانية.
}
queue-done = أُرسل كل شيء.
queue-offline = لا توجد شبكة. ما ينتظر محفوظ هنا؛ اضغط «إرسال الآن» مرة أخرى لاحقًا.
queue-failed = تعذر إرسال { $value }؛ والسبب مذكور بجانب كل منها.
queue-wait = يطلب التعداد الانتظار. اضغط «إرسال الآن» مرة أخرى لاحقًا.
queue-wiped = تم المحو: لم يبق شيء على هذا الجهاز.
queue-no-token = لم يبق أي رمز لهذه الحملة. يُرجى طلب دعوة جديدة من منسقها.
queue-refused = رفضه التعداد ({ $reason }).
queue-invite-taken = دعوتك الآن على هذا الجهاز، ولم تعد في العنوان.
queue-invite-failed = تعذر استخدام الدعوة. ربما استُنفدت أو سُحبت أو وصلت ناقصة؛ يُرجى طلب دعوة أخرى.
queue-tokens = الرموز المتبقية: { $value } للبلاغات، و{ $number } للعلامات.
queue-no-storage = لا يحفظ هذا المتصفح شيئًا لهذه الصفحة، ربما بسبب نافذة تصفح خاص. وستُفقد البلاغات عند إغلاقها.
queue-receipt = الإيصال
form-map-label = خريطة لتحديد مكان الكاميرا: انقر عليها أو اسحب الدبوس. وبلوحة المفاتيح أدخل الإحداثيات أدناه.
form-placed = الدبوس في المكان الذي وضعته فيه.
form-not-placed = انقر على الخريطة، أو أدخل الإحداثيات، أو اضغط «موقعي الحالي».
form-finding = جارٍ سؤال هذا الجهاز عن موقعه …
form-found = عُثر على الموقع بدقة نحو { $metres } م. اسحب الدبوس إلى الكاميرا نفسها.
form-not-found = لم يذكر هذا الجهاز موقعه. انقر على الخريطة أو أدخل الإحداثيات.
form-known = عدد الكاميرات في هذا المربع السكني في أحدث إصدار: { $cameras }. أبلغ عما تراه رغم ذلك: فالبلاغ الثاني يؤكده.
form-known-none = لا يعدّ أحدث إصدار أي كاميرا في هذا المربع السكني.
form-kept = محفوظ على هذا الجهاز. لم يُرسل شيء.
form-kept-again = حُفظ. البلاغ التالي في المكان نفسه: غيّر ما يختلف.
form-facing-value = تتجه نحو { $degrees }°
form-facing-none = غير معروف
form-file-good = عدد البلاغات التي يمكن إرسالها: { $number }.
form-file-bad = ليس للمعلم { $number } نقطة صالحة للاستخدام.
form-file-broken = ليس هذا ملف GeoJSON تمكن قراءته.
form-file-done = المقبول: { $value }. المرفوض: { $number }.
sheets-sheet = الورقة { $number }
sheets-units = الورقة { $sheet }: عدد ما يُمسح { $value }
sheets-none = ليس لهذه الموجة شوارع للمسح بعد. ويستوردها منسقها.
sheets-failed = تعذر تحميل الأوراق. وهي تبقى على هذا الجهاز متى حُمّلت.
sheets-metres = { $metres } م
sheets-cell = خلية
sheets-number = الرقم
sheets-zero = مُسح كله ولم تُرَ أي كاميرا
sheets-complete = مُسح كله وأُبلغ عن الكاميرات
sheets-partial = مُسح جزء منه
sheets-not-visible = تعذرت رؤيته
sheets-kept = محفوظ على هذا الجهاز. لم يُرسل شيء.
sheets-drawing = رسم شوارع الورقة { $number }، والشمال إلى أعلى
sheets-pass-missing = يُرجى اختيار فريقك أولًا.
