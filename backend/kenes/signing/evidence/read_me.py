"""The reading help of an evidence package, in three languages in one plain file."""

from typing import Final

READ_ME: Final = """\
KENES HUB

[RU] Пакет доказательств. Он показывает, кто, когда и как подписал документ, и проверяется без нас и без интернета.

  document/       подписанный PDF, исходный DOCX и экземпляр с печатью
  signatures/     подписи с тем, что их доказывает: файл ЭЦП, ответы о сертификате, метки времени, доставка SMS, соглашение
  events/         записи журнала об этом документе и доказательство, что они стояли под суточной меткой
  anchors/        сертификаты, на которые опирается проверка
  summary_*.pdf   то же словами
  manifest.json   список файлов с SHA-256, manifest.p7s его печать, manifest.tst метка времени на печати (если служба ответила)

  Проверить: установите Python 3.9 или новее и выполните в этой папке
      python3 check.pyz
  Программа покажет хеши сертификатов из папки anchors. Сравните их с опубликованными на сайте Kenes Hub и pki.gov.kz
  или дайте свои: python3 check.pyz --anchors ПАПКА. Саму программу можно скачать и с сайта.

[KK] Дәлелдемелер пакеті. Ол құжатқа кім, қашан және қалай қол қойғанын көрсетеді, бізсіз және интернетсіз тексеріледі.

  document/       қол қойылған PDF, бастапқы DOCX және мөр басылған данасы
  signatures/     қолтаңбалар мен олардың дәлелдері: ЭЦҚ файлы, сертификат туралы жауаптар, уақыт белгілері, SMS жеткізілімі, келісім
  events/         журналдың осы құжат туралы жазбалары және олардың тәуліктік белгіде тұрғанының дәлелі
  anchors/        тексеру сүйенетін сертификаттар
  summary_*.pdf   осының бәрі сөзбен
  manifest.json   файлдардың SHA-256 көрсетілген тізімі, manifest.p7s оның мөрі, manifest.tst мөрдегі уақыт белгісі (қызмет жауап берсе)

  Тексеру үшін Python 3.9 немесе одан жаңасын орнатып, осы қалтада мынаны орындаңыз:
      python3 check.pyz
  Бағдарлама anchors қалтасындағы сертификаттардың хештерін көрсетеді. Оларды Kenes Hub сайтында және pki.gov.kz-та
  жарияланғандармен салыстырыңыз немесе өзіңіздікін беріңіз: python3 check.pyz --anchors ҚАЛТА. Бағдарламаның өзін сайттан да жүктеуге болады.

[EN] Evidence package. It shows who signed the document, when and how, and is checked without us and without the internet.

  document/       the signed PDF, the DOCX it was made of and the sealed copy
  signatures/     signatures with what proves them: key signature, answers about the certificate, time stamps, delivery of the SMS, agreement
  events/         entries of the log about this document, and the proof that they stood under a daily time stamp
  anchors/        certificates that the check rests on
  summary_*.pdf   the same in words
  manifest.json   list of files with SHA-256; manifest.p7s is its seal, manifest.tst a time stamp on that (where the service answered)

  To check: install Python 3.9 or newer and run in this folder
      python3 check.pyz
  The program prints the hashes of the certificates in anchors. Compare them with those published on the site of Kenes Hub
  and on pki.gov.kz, or give your own: python3 check.pyz --anchors FOLDER. The program itself can be taken from the site as well.
"""
