<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="en_GB">
  <context>
    <name>AboutPage</name>
    <message numerus="yes">
      <source>{day}, %n day(s) ago</source>
      <translation>
        <numerusform>{day}, %n day ago</numerusform>
        <numerusform>{day}, %n days ago</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AskedCard</name>
    <message numerus="yes">
      <source>%n value(s)</source>
      <translation>
        <numerusform>%n value</numerusform>
        <numerusform>%n values</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n said by the patient, not confirmed</source>
      <translation>
        <numerusform>%n said by the patient, not confirmed</numerusform>
        <numerusform>%n said by the patient, not confirmed</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AssessmentPanel</name>
    <message numerus="yes">
      <source>+ %n more</source>
      <translation>
        <numerusform>+ %n more</numerusform>
        <numerusform>+ %n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s)</source>
      <translation>
        <numerusform>%n line</numerusform>
        <numerusform>%n lines</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>BackupWords</name>
    <message numerus="yes">
      <source>%n patient(s)</source>
      <translation>
        <numerusform>%n patient</numerusform>
        <numerusform>%n patients</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n encounter(s)</source>
      <translation>
        <numerusform>%n encounter</numerusform>
        <numerusform>%n encounters</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>CareRow</name>
    <message numerus="yes">
      <source>%n line(s) of care at once not marked as done; signed like this, they go on the board as open</source>
      <translation>
        <numerusform>%n line of care at once not marked as done; signed like this, they go on the board as open</numerusform>
        <numerusform>%n lines of care at once not marked as done; signed like this, they go on the board as open</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>CausesWords</name>
    <message numerus="yes">
      <source>%n for</source>
      <translation>
        <numerusform>%n for</numerusform>
        <numerusform>%n for</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n for something else</source>
      <translation>
        <numerusform>%n for something else</numerusform>
        <numerusform>%n for something else</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n not asked</source>
      <translation>
        <numerusform>%n not asked</numerusform>
        <numerusform>%n not asked</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ConsultationModel</name>
    <message numerus="yes">
      <source>None of these: %n answered no. Ctrl+Z takes them back.</source>
      <translation>
        <numerusform>None of these: %n answered no. Ctrl+Z takes them back.</numerusform>
        <numerusform>None of these: %n answered no. Ctrl+Z takes them back.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{what}: none of these, %n question(s)</source>
      <translation>
        <numerusform>{what}: none of these, %n question</numerusform>
        <numerusform>{what}: none of these, %n questions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>none of these, and %n more</source>
      <translation>
        <numerusform>none of these, and %n more</numerusform>
        <numerusform>none of these, and %n more</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ConsultationPanel</name>
    <message numerus="yes">
      <source>%n flag(s)</source>
      <translation>
        <numerusform>%n flag</numerusform>
        <numerusform>%n flags</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>DirectoryPage</name>
    <message numerus="yes">
      <source>Fill in first: %n that emergencies name.</source>
      <translation>
        <numerusform>Fill in first: %n that emergencies name.</numerusform>
        <numerusform>Fill in first: %n that emergencies name.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>DocumentsCard</name>
    <message numerus="yes">
      <source>%n to print once it is signed</source>
      <translation>
        <numerusform>%n to print once it is signed</numerusform>
        <numerusform>%n to print once it is signed</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>DueCard</name>
    <message numerus="yes">
      <source>%n more due by today</source>
      <translation>
        <numerusform>%n more due by today</numerusform>
        <numerusform>%n more due by today</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>EarlierWords</name>
    <message numerus="yes">
      <source>%n day(s) ago</source>
      <translation>
        <numerusform>%n day ago</numerusform>
        <numerusform>%n days ago</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n week(s) ago</source>
      <translation>
        <numerusform>%n week ago</numerusform>
        <numerusform>%n weeks ago</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ErrorCard</name>
    <message numerus="yes">
      <source>and %n more: “Copy details” has them all.</source>
      <translation>
        <numerusform>and %n more: “Copy details” has them all.</numerusform>
        <numerusform>and %n more: “Copy details” has them all.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FlagCard</name>
    <message numerus="yes">
      <source>last reviewed {day}, over %n months ago</source>
      <translation>
        <numerusform>last reviewed {day}, over %n months ago</numerusform>
        <numerusform>last reviewed {day}, over %n months ago</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n source(s)</source>
      <translation>
        <numerusform>%n source</numerusform>
        <numerusform>%n sources</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n smaller flag(s)</source>
      <translation>
        <numerusform>%n smaller flag</numerusform>
        <numerusform>%n smaller flags</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FollowUpWords</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n day</numerusform>
        <numerusform>%n days</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FoundWords</name>
    <message numerus="yes">
      <source>the first %n by name</source>
      <translation>
        <numerusform>the first %n by name</numerusform>
        <numerusform>the first %n by name</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>HeadlineWords</name>
    <message numerus="yes">
      <source>{first} and %n more</source>
      <translation>
        <numerusform>{first} and %n more</numerusform>
        <numerusform>{first} and %n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n safety question(s) still to ask</source>
      <translation>
        <numerusform>%n safety question still to ask</numerusform>
        <numerusform>%n safety questions still to ask</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n unsure</source>
      <translation>
        <numerusform>%n unsure</numerusform>
        <numerusform>%n unsure</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>MistakesWindow</name>
    <message numerus="yes">
      <source>The files of questions and rules have %n mistake(s).</source>
      <translation>
        <numerusform>The files of questions and rules have %n mistake.</numerusform>
        <numerusform>The files of questions and rules have %n mistakes.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>PlanDecisionsCard</name>
    <message numerus="yes">
      <source>%n line(s); all but advice become follow-ups</source>
      <translation>
        <numerusform>%n line; all but advice become follow-ups</numerusform>
        <numerusform>%n lines; all but advice become follow-ups</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>QuestionList</name>
    <message numerus="yes">
      <source>Answers the %n open question(s) of this section with no</source>
      <translation>
        <numerusform>Answers the %n open question of this section with no</numerusform>
        <numerusform>Answers the %n open questions of this section with no</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RegionList</name>
    <message numerus="yes">
      <source>{question}, %n regions</source>
      <translation>
        <numerusform>{question}, %n regions</numerusform>
        <numerusform>{question}, %n regions</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RemovalWords</name>
    <message numerus="yes">
      <source>%n encounter(s) with all answers, signed versions, documents and follow-ups.</source>
      <translation>
        <numerusform>%n encounter with all answers, signed versions, documents and follow-ups.</numerusform>
        <numerusform>%n encounters with all answers, signed versions, documents and follow-ups.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n follow-up(s) still open: nobody is reminded any more.</source>
      <translation>
        <numerusform>%n follow-up still open: nobody is reminded any more.</numerusform>
        <numerusform>%n follow-ups still open: nobody is reminded any more.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The patient was removed, with %n encounter(s).</source>
      <translation>
        <numerusform>The patient was removed, with %n encounter.</numerusform>
        <numerusform>The patient was removed, with %n encounters.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>They stand in %n row(s) of somebody else, perhaps of a namesake.</source>
      <translation>
        <numerusform>They stand in %n row of somebody else, perhaps of a namesake.</numerusform>
        <numerusform>They stand in %n rows of somebody else, perhaps of a namesake.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Still held by %n backup(s): a restore would bring the patient back.</source>
      <translation>
        <numerusform>Still held by %n backup: a restore would bring the patient back.</numerusform>
        <numerusform>Still held by %n backups: a restore would bring the patient back.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more that go earlier</source>
      <translation>
        <numerusform>and %n more that go earlier</numerusform>
        <numerusform>and %n more that go earlier</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RescreenCard</name>
    <message numerus="yes">
      <source>%n put on the board; those that were there already are not there twice.</source>
      <translation>
        <numerusform>%n put on the board; those that were there already are not there twice.</numerusform>
        <numerusform>%n put on the board; those that were there already are not there twice.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ReviewPanel</name>
    <message numerus="yes">
      <source>%n; raising an urgency needs no reason, lowering does</source>
      <translation>
        <numerusform>%n; raising an urgency needs no reason, lowering does</numerusform>
        <numerusform>%n; raising an urgency needs no reason, lowering does</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RightsCard</name>
    <message numerus="yes">
      <source>%n file(s) saved, not encrypted, in</source>
      <translation>
        <numerusform>%n file saved, not encrypted, in</numerusform>
        <numerusform>%n files saved, not encrypted, in</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>SectionNote</name>
    <message numerus="yes">
      <source>The note seems to answer %n open question(s), and a note raises no flag: look</source>
      <translation>
        <numerusform>The note seems to answer %n open question, and a note raises no flag: look</numerusform>
        <numerusform>The note seems to answer %n open questions, and a note raises no flag: look</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>SignIn</name>
    <message numerus="yes">
      <source>The next try is possible in %n second(s).</source>
      <translation>
        <numerusform>The next try is possible in %n second.</numerusform>
        <numerusform>The next try is possible in %n seconds.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>SignedPanel</name>
    <message numerus="yes">
      <source>%n line(s) stand</source>
      <translation>
        <numerusform>%n line stand</numerusform>
        <numerusform>%n lines stand</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>TrailPage</name>
    <message numerus="yes">
      <source>%n row(s) shown, the latest first. Head of the trail: {head}.</source>
      <translation>
        <numerusform>%n row shown, the latest first. Head of the trail: {head}.</numerusform>
        <numerusform>%n rows shown, the latest first. Head of the trail: {head}.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>WithheldWords</name>
    <message numerus="yes">
      <source>The rules failed their own test: %n case(s) gave something else than expected.</source>
      <translation>
        <numerusform>The rules failed their own test: %n case gave something else than expected.</numerusform>
        <numerusform>The rules failed their own test: %n cases gave something else than expected.</numerusform>
      </translation>
    </message>
  </context>
</TS>
