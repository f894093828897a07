"""Files of the kinds that people have, and what a careful person would understand of each.

They were written from what is known of the tools (``forms.md``), not from the writers of
:mod:`exports.shapes`, so that these are no measure of themselves.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Build = Callable[[Path], None]


@dataclass(frozen=True)
class Tried:
    """A file or two, how they are read, and who should be found."""

    name: str
    files: Mapping[str, Any]
    """By keyword of ``read_cohort``: text, bytes, or what writes a workbook."""
    suffix: str
    encoding: str
    options: Mapping[str, Any]
    expect: Mapping[str, Mapping[str, Any]] | None
    """What is known of each person; ``None`` where the file cannot be read."""
    asks: Literal["never", "perhaps", "always"]
    after: Mapping[str, Any] | None
    """What answers the question."""

    def write(self, folder: Path) -> dict[str, str]:
        """Write the files; return the keywords that name them."""
        named = {}
        for role, content in self.files.items():
            file = folder / f"{role}{'.xlsx' if callable(content) else self.suffix}"
            if callable(content):
                content(file)
            else:
                file.write_bytes(content if isinstance(content, bytes) else content.encode(self.encoding))
            named[role] = str(file)
        return named


TRIED: list[Tried] = []


def case(
    name: str,
    text: str | None = None,
    expect: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    options: Mapping[str, Any] | None = None,
    asks: Literal["never", "perhaps", "always"] = "never",
    after: Mapping[str, Any] | None = None,
    suffix: str = ".csv",
    encoding: str = "utf-8",
    data: bytes | None = None,
    build: Build | None = None,
    mentors: str | None = None,
    mentees: str | None = None,
) -> None:
    """Keep a case."""
    files = {"path": text if text is not None else data if data is not None else build}
    if mentors is not None:
        files = {"mentors": mentors, "mentees": mentees}
    TRIED.append(Tried(name, files, suffix, encoding, options or {}, expect, asks, after))


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]], after: Callable[[Any], Any] | None = None
) -> Build:
    """Return what writes a workbook."""

    def build(file: Path) -> None:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if after is not None:
            after(book)
        book.save(file)

    return build


def user(
    identity: str, first: str, last: str, address: str, *, active: bool = True, manager: str | None = None
) -> dict[str, Any]:
    """Return a user of SCIM 2.0, with what a directory knows beside."""
    core, enterprise = (
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    )
    return {
        "schemas": [core, enterprise],
        "id": identity,
        "userName": address,
        "active": active,
        "name": {"givenName": first, "familyName": last, "formatted": f"{first} {last}"},
        "emails": [
            {"value": f"{first}@home.example", "type": "home"},
            {"value": address, "type": "work", "primary": True},
        ],
        "phoneNumbers": [{"value": "555"}],
        "title": "Engineer",
        "timezone": "Europe/Paris",
        enterprise: {"department": "IT", "manager": {"value": manager} if manager else {}},
    }


def list_response(*users: dict[str, Any]) -> str:
    """Return users as a directory answers with them."""
    schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
    return json.dumps({"schemas": [schema], "totalResults": len(users), "Resources": list(users)})


# Google Forms
case(
    "form_per_role_commas_in_options",
    mentors="""Timestamp,Email Address,"Which of these could you show a colleague, ideally hands-on?",Your team
8/28/2021 17:08:23,Ana.Silva@acme.example,"Spreadsheets (Excel, Sheets), Podcasts",Sales
11/18/2019 8:59,bo@acme.example,"Podcasts, Social media (LinkedIn, TikTok, etc.)",IT
8/29/2021 9:00:01,cy@acme.example,"Social media (LinkedIn, TikTok, etc.), Spreadsheets (Excel, Sheets)",Ops
""".replace("\n", "\r\n"),
    mentees="""Timestamp,Email Address,"What would you like to learn? ",Your team
8/28/2021 17:08:23,dee@acme.example,"Podcasts, Social media (LinkedIn, TikTok, etc.)",Finance
8/30/2021 17:08:23,eli@acme.example,"Podcasts",Legal
8/31/2021 17:08:23,flo@acme.example,"Spreadsheets (Excel, Sheets)",Legal
""".replace("\n", "\r\n"),
    options={
        "mapping": {
            "Which of these could you show a colleague, ideally hands-on?": "offers",
            "What would you like to learn?": "seeks",
            "Your team": "department",
        }
    },
    expect={
        "ana.silva@acme.example": {
            "role": "mentor",
            "offers": {"Spreadsheets (Excel, Sheets)", "Podcasts"},
            "department": "Sales",
        },
        "bo@acme.example": {"offers": {"Podcasts", "Social media (LinkedIn, TikTok, etc.)"}},
        "cy@acme.example": {
            "offers": {"Social media (LinkedIn, TikTok, etc.)", "Spreadsheets (Excel, Sheets)"}
        },
        "dee@acme.example": {
            "role": "mentee",
            "seeks": {"Podcasts", "Social media (LinkedIn, TikTok, etc.)"},
        },
        "eli@acme.example": {"seeks": {"Podcasts"}},
        "flo@acme.example": {"seeks": {"Spreadsheets (Excel, Sheets)"}},
    },
)

case(
    "french_form_one_file_horodateur",
    """Horodateur,Adresse e-mail,Vous souhaitez être…,"Que pouvez-vous transmettre ? (plusieurs réponses possibles)",Que souhaitez-vous apprendre ?
2026/09/20 10:00:00 AM UTC+2,lea@acme.example,Mentor,"Instagram, IA générative",
2026/09/20 10:05:00 AM UTC+2,max@acme.example,Mentoré(e),,"IA générative, Podcast"
2026/09/21 10:05:00 AM UTC+2,zoe@acme.example,Les deux,Podcast,"Instagram"
""",
    options={
        "mapping": {
            "Vous souhaitez être…": "role",
            "Que pouvez-vous transmettre ? (plusieurs réponses possibles)": "offers",
            "Que souhaitez-vous apprendre ?": "seeks",
        }
    },
    expect={
        "lea@acme.example": {"role": "mentor", "offers": {"Instagram", "IA générative"}},
        "max@acme.example": {"role": "mentee", "seeks": {"IA générative", "Podcast"}},
        "zoe@acme.example": {"role": "both", "offers": {"Podcast"}, "seeks": {"Instagram"}},
    },
)

case(
    "username_semicolon_answers",
    """"Timestamp","Username","Role","I can teach","I want to learn"
"2021/08/28 5:08:23 PM GMT+2","ana@acme.example","Mentor","Excel;Video editing",""
"2021/08/28 5:09:23 PM GMT+2","ben@acme.example","Mentee","","Video editing;Podcasts"
""",
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel", "Video editing"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Video editing", "Podcasts"}},
    },
)

case(
    "rank_columns",
    """Timestamp,Email Address,Role,Rank what you can teach [Rank 1],Rank what you can teach [Rank 2],Rank what you can teach [Rank 3],Rank what you want [Rank 1],Rank what you want [Rank 2]
1/2/2026 10:00:00,ana@acme.example,mentor,Excel,Python,Podcasts,,
1/2/2026 10:00:00,ben@acme.example,mentee,,,,Python,Excel
""",
    options={"mapping": {"Rank what you can teach": "offers", "Rank what you want": "seeks"}},
    expect={
        "ana@acme.example": {"offers": {"Excel": 5, "Python": 4, "Podcasts": 3}},
        "ben@acme.example": {"seeks": {"Python": 3, "Excel": 2}},
    },
)

case(
    "grid_french_levels",
    """Horodateur,Adresse e-mail,Rôle,Votre niveau [Excel],Votre niveau [Prise de parole],Envies [Excel],Envies [Prise de parole]
20/09/2026 10:00:00,ana@acme.example,Mentore,Expert,Notions,,
20/09/2026 10:01:00,ben@acme.example,Mentoré,,,Must have,Nice to have
""",
    options={"mapping": {"Votre niveau": "offers", "Envies": "seeks"}},
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel": 5, "Prise de parole": 2}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel": 3, "Prise de parole": 1}},
    },
)

case(
    "answered_twice_capitals",
    """Timestamp,Email Address,Role,Can teach,Wants to learn
8/28/2021 17:08:23,Ana@acme.example,mentor,Excel,
9/2/2021 8:00:00,ana@ACME.example,mentor,Python,
8/29/2021 8:00:00,ben@acme.example,mentee,,Python
""",
    asks="always",
    after={"latest_by": "Timestamp"},
    expect={"ana@acme.example": {"offers": {"Python"}}, "ben@acme.example": {"seeks": {"Python"}}},
)

case(
    "german_form",
    """Zeitstempel,E-Mail-Adresse,Rolle,Was kannst du vermitteln?,Was möchtest du lernen?
20.09.2026 10:00:00,ana@acme.example,Mentor,"Excel, Podcasts",
20.09.2026 11:00:00,ben@acme.example,Mentee,,"Podcasts, Excel"
""",
    options={
        "mapping": {
            "Rolle": "role",
            "Was kannst du vermitteln?": "offers",
            "Was möchtest du lernen?": "seeks",
        }
    },
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel", "Podcasts"}},
        "ben@acme.example": {"seeks": {"Excel", "Podcasts"}},
    },
    asks="never",
)

case(
    "multiline_question_quotes",
    """Timestamp,Email Address,"In this programme I am a
""mentor"" or a ""mentee"" ","What can you teach?
(tick all that apply)","What do you want to learn?
(tick all that apply)"
9/1/2026 10:00:00,ana@acme.example,mentor,"R & D basics, C++",
9/1/2026 10:00:00,ben@acme.example,mentee,,"C++, UX/UI design"
9/13/2026 10:00:00,cat@acme.example,mentee,,"UX/UI design, R & D basics"
""",
    options={
        "mapping": {
            'In this programme I am a "mentor" or a "mentee"': "role",
            "What can you teach? (tick all that apply)": "offers",
            "What do you want to learn? (tick all that apply)": "seeks",
        }
    },
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"R & D basics", "C++"}},
        "ben@acme.example": {"seeks": {"C++", "UX/UI design"}},
        "cat@acme.example": {"seeks": {"UX/UI design", "R & D basics"}},
    },
)

case(
    "unused_heading_twice_values",
    """Timestamp,Email Address,Role,Can teach,Wants to learn,Anything else?,Anything else?
9/1/2026 10:00:00,ana@acme.example,mentor,Excel,,hi,there
9/1/2026 10:00:00,ben@acme.example,mentee,,Excel,,ok
""",
    expect={"ana@acme.example": {"offers": {"Excel"}}, "ben@acme.example": {"seeks": {"Excel"}}},
)

case(
    "doubtful_comma",
    """Timestamp,Email Address,Role,Can teach,Wants to learn
9/1/2026 10:00:00,ana@acme.example,mentor,"Diversity, equity and inclusion",
9/1/2026 10:00:00,bob@acme.example,mentor,"Diversity, equity and inclusion, Excel",
9/1/2026 10:00:00,ben@acme.example,mentee,,Excel
""",
    asks="always",
    after=None,
    expect=None,
)

case(
    "single_answer_all",
    """Timestamp,Email Address,Role,Can teach,Wants to learn
9/1/2026 10:00:00,ana@acme.example,mentor,Excel,
9/1/2026 10:00:00,ben@acme.example,mentee,,Excel
""",
    expect={"ana@acme.example": {"offers": {"Excel"}}, "ben@acme.example": {"seeks": {"Excel"}}},
)

# Microsoft Forms
case(
    "csv_trailing_semicolon",
    """ID,Start time,Completion time,Email,Name,Last modified time,I am here as,What can you teach?,What would you like to learn?
1,7/27/26 19:06:23,7/27/26 19:09:00,ana@acme.example,Ana Silva,,Mentor,Excel;Public speaking;,
2,7/28/26 19:06:23,7/28/26 19:09:00,ben@acme.example,Ben Li,,Mentee,,Public speaking;Strategy: the basics;
""",
    options={
        "mapping": {
            "I am here as": "role",
            "What can you teach?": "offers",
            "What would you like to learn?": "seeks",
        }
    },
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel", "Public speaking"}, "name": "Ana Silva"},
        "ben@acme.example": {"seeks": {"Public speaking", "Strategy: the basics"}},
    },
)

case(
    "anonymous_question_email",
    """ID;Start time;Completion time;Email;Name;Your work e-mail;Role;I can teach;I want to learn
1;10/9/2024 11:02;10/9/2024 11:03;anonymous;;ana@acme.example;Mentor;Excel;
2;10/13/2024 11:02;10/13/2024 11:03;anonymous;;ben@acme.example;Mentee;;Excel
""",
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel"}},
    },
)

case(
    "options_with_times",
    """ID,Start time,Completion time,Email,Name,Role,I can teach,I want to learn,When can you meet?
1,7/27/26 19:06:23,7/27/26 19:09:00,ana@acme.example,Ana,Mentor,Excel;,,"Monday, 10/28:  10:10am-11am;Tuesday, 10/29:  2pm-3pm;"
2,7/27/26 19:06:23,7/27/26 19:09:00,ben@acme.example,Ben,Mentee,,Excel;,"Monday, 10/28:  10:10am-11am;"
""",
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel"}},
    },
)

case(
    "workbook_french",
    build=workbook(
        {
            "Feuil1": [
                [
                    "ID",
                    "Heure de début",
                    "Heure de fin",
                    "E-mail",
                    "Nom",
                    "Vous êtes",
                    "Que pouvez-vous transmettre ?",
                    "Que voulez-vous apprendre ?",
                ],
                [
                    1,
                    datetime(2026, 9, 1, 10, 0),
                    datetime(2026, 9, 1, 10, 5),
                    "ana@acme.example",
                    "Ana Silva",
                    "Mentor",
                    "Excel;Prise de parole;",
                    None,
                ],
                [
                    2,
                    datetime(2026, 9, 2, 10, 0),
                    datetime(2026, 9, 2, 10, 5),
                    "ben@acme.example",
                    "Ben Li",
                    "Mentorée",
                    None,
                    "Excel;",
                ],
            ]
        }
    ),
    suffix=".xlsx",
    options={
        "mapping": {
            "Vous êtes": "role",
            "Que pouvez-vous transmettre ?": "offers",
            "Que voulez-vous apprendre ?": "seeks",
        }
    },
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel", "Prise de parole"}, "name": "Ana Silva"},
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel"}},
    },
)

case(
    "question_twice_number",
    """ID,Start time,Completion time,Email,Name,Role,Skills to share,Skills to learn,Comments,Comments2
1,7/27/26 19:06:23,7/27/26 19:09:00,ana@acme.example,Ana,Mentor,Excel;,,a,b
2,7/27/26 19:06:23,7/27/26 19:09:00,ben@acme.example,Ben,Mentee,,Excel;,c,d
""",
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel"}},
    },
)

# SurveyMonkey
case(
    "options_columns",
    """Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,Are you a mentor or a mentee?,Which skills can you teach?,,,Which skills do you want to learn?,,
,,,,,,,,,Response,Excel,"Art (drawing, painting)",Other (please specify),Excel,"Art (drawing, painting)",Other (please specify)
118001,42,09/01/2026 10:00:00 AM,09/01/2026 10:05:00 AM,10.0.0.1,ana@acme.example,Ana,Silva,,Mentor,Excel,"Art (drawing, painting)",Origami,,,
118002,42,09/01/2026 10:00:00 AM,09/01/2026 10:05:00 AM,10.0.0.1,ben@acme.example,Ben,Li,,Mentee,,,,Excel,,Knitting
""",
    options={
        "mapping": {
            "Are you a mentor or a mentee?": "role",
            "Which skills can you teach?": "offers",
            "Which skills do you want to learn?": "seeks",
        }
    },
    expect={
        "ana@acme.example": {
            "role": "mentor",
            "offers": {"Excel", "Art (drawing, painting)", "Origami"},
            "name": "Ana Silva",
        },
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel", "Knitting"}},
    },
)

case(
    "open_ended",
    """Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,Role,"What can you teach, in your own words?",What do you want to learn?
,,,,,,,,,Response,Open-Ended Response,Open-Ended Response
118001,42,09/01/2026 10:00:00 AM,09/01/2026 10:05:00 AM,10.0.0.1,ana@acme.example,Ana,Silva,,Mentor,Excel,
118002,42,09/01/2026 10:00:00 AM,09/01/2026 10:05:00 AM,10.0.0.1,ben@acme.example,Ben,Li,,Mentee,,Excel
""",
    options={
        "mapping": {"What can you teach, in your own words?": "offers", "What do you want to learn?": "seeks"}
    },
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel"}},
        "ben@acme.example": {"seeks": {"Excel"}},
    },
)

case(
    "anonymous_respondent_id",
    """Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,Role,Which skills can you teach?,,Which skills do you want to learn?,
,,,,,,,,,Response,Excel,Python,Excel,Python
118001,42,09/01/2026 10:00:00 AM,09/01/2026 10:05:00 AM,10.0.0.1,,,,,Mentor,Excel,Python,,
118002,42,09/01/2026 10:00:00 AM,09/01/2026 10:05:00 AM,10.0.0.1,,,,,Mentee,,,,Python
""",
    options={
        "mapping": {
            "Respondent ID": "id",
            "Which skills can you teach?": "offers",
            "Which skills do you want to learn?": "seeks",
        }
    },
    expect={
        "118001": {"role": "mentor", "offers": {"Excel", "Python"}},
        "118002": {"role": "mentee", "seeks": {"Python"}},
    },
)

# Typeform
case(
    "option_columns_tags",
    """#,Hi <strong>there</strong>! What is your e-mail?,Are you a mentor or a mentee?,Excel,Video,Other,What do you want to learn?,Response Type,Start Date (UTC),Submit Date (UTC),Network ID,Tags
ab12,ana@acme.example,Mentor,Excel,Video,Chess,,completed,2026-09-01 10:00:00,2026-09-01 10:05:00,f00,
cd34,ben@acme.example,Mentee,,,,Video,completed,2026-09-02 10:00:00,2026-09-02 10:05:00,f01,
""",
    options={
        "mapping": {
            "Are you a mentor or a mentee?": "role",
            "Excel": "offers",
            "Video": "offers",
            "Other": "offers",
            "What do you want to learn?": "seeks",
        }
    },
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel", "Video", "Chess"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Video"}},
    },
)

case(
    "hash_as_id",
    """#,Role,I can teach,I want to learn,Response Type,Start Date (UTC),Submit Date (UTC),Network ID,Tags
ab12,Mentor,"Excel, Video",,completed,2026-09-01 10:00:00,2026-09-01 10:05:00,f00,
cd34,Mentee,,"Video, Excel",completed,2026-09-02 10:00:00,2026-09-02 10:05:00,f01,
""",
    options={"mapping": {"#": "id"}},
    expect={
        "ab12": {"role": "mentor", "offers": {"Excel", "Video"}},
        "cd34": {"role": "mentee", "seeks": {"Video", "Excel"}},
    },
)

case(
    "same_options_in_both_questions",
    """#,What's your e-mail?,Role,Excel,Video,Excel,Video,Response Type,Start Date (UTC),Submit Date (UTC),Network ID,Tags
ab12,ana@acme.example,Mentor,Excel,Video,,,completed,2026-09-01 10:00:00,2026-09-01 10:05:00,f00,
cd34,ben@acme.example,Mentee,,,,Video,completed,2026-09-02 10:00:00,2026-09-02 10:05:00,f01,
""",
    options={"mapping": {"Excel": "offers", "Video": "offers"}},
    asks="always",
    after={"mapping": {"column D": "offers", "column E": "offers", "column F": "seeks", "column G": "seeks"}},
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel", "Video"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Video"}},
    },
)

# Qualtrics
case(
    "choice_text_three_rows",
    """StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,DistributionChannel,UserLanguage,Q1,Q2,Q3
Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,Response ID,Recipient Last Name,Recipient First Name,Recipient Email,External Data Reference,Location Latitude,Location Longitude,Distribution Channel,User Language,I join as a...,What can you teach? - Selected Choice,What do you want to learn?
"{""ImportId"":""startDate"",""timeZone"":""America/Denver""}","{""ImportId"":""endDate"",""timeZone"":""America/Denver""}","{""ImportId"":""status""}","{""ImportId"":""ipAddress""}","{""ImportId"":""progress""}","{""ImportId"":""duration""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate"",""timeZone"":""America/Denver""}","{""ImportId"":""_recordId""}","{""ImportId"":""recipientLastName""}","{""ImportId"":""recipientFirstName""}","{""ImportId"":""recipientEmail""}","{""ImportId"":""externalDataReference""}","{""ImportId"":""locationLatitude""}","{""ImportId"":""locationLongitude""}","{""ImportId"":""distributionChannel""}","{""ImportId"":""userLanguage""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"
2026-09-01 10:00:00,2026-09-01 10:05:00,IP Address,1.1.1.1,100,300,True,2026-09-01 10:05:01,R_1,Silva,Ana,ana@acme.example,,48.1,2.1,email,EN,Mentor,"Excel,Video",
2026-09-01 10:00:00,2026-09-01 10:05:00,Survey Preview,1.1.1.1,100,300,True,2026-09-01 10:05:01,R_0,Test,Test,test@acme.example,,48.1,2.1,email,EN,Mentor,"Excel,Video",
2026-09-01 10:00:00,2026-09-01 10:05:00,IP Address,1.1.1.1,100,300,True,2026-09-01 10:05:01,R_2,Li,Ben,ben@acme.example,,48.1,2.1,email,EN,Mentee,,"Excel,Video"
""",
    options={"mapping": {"ResponseId": "id", "Q1": "role", "Q2": "offers", "Q3": "seeks"}},
    expect={
        "R_1": {"role": "mentor", "offers": {"Excel", "Video"}},
        "R_2": {"role": "mentee", "seeks": {"Excel", "Video"}},
    },
)

case(
    "option_columns_text",
    """StartDate,Status,ResponseId,RecipientEmail,UserLanguage,Q1,Q2_1,Q2_2,Q2_3,Q2_3_TEXT,Q3_1,Q3_2
Start Date,Response Type,Response ID,Recipient Email,User Language,I join as a...,What can you teach? - Selected Choice - Excel,What can you teach? - Selected Choice - Video,What can you teach? - Selected Choice - Other,What can you teach? - Other - Text,How much do you want to learn this? - Excel,How much do you want to learn this? - Video
"{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""_recordId""}","{""ImportId"":""recipientEmail""}","{""ImportId"":""userLanguage""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_1""}","{""ImportId"":""QID2_2""}","{""ImportId"":""QID2_3""}","{""ImportId"":""QID2_3_TEXT""}","{""ImportId"":""QID3_1""}","{""ImportId"":""QID3_2""}"
2026-09-01 10:00:00,IP Address,R_1,ana@acme.example,EN,Mentor,Excel,Video,Other,Chess,,
2026-09-01 10:00:00,IP Address,R_2,ben@acme.example,EN,Mentee,,,,,3,1
""",
    options={"mapping": {"Q1": "role", "Q2": "offers", "Q3": "seeks", "ResponseId": "id"}},
    expect={
        "R_1": {"role": "mentor", "offers": {"Excel", "Video", "Chess"}},
        "R_2": {"role": "mentee", "seeks": {"Excel": 3, "Video": 1}},
    },
)

# LimeSurvey
case(
    "bom_subquestions_other",
    """\ufeff"id","submitdate","lastpage","startlanguage","seed","Email","Role","Teach[Excel]","Teach[Video]","Teach[other]","Learn[Excel]","Learn[Video]","Learn[other]"
"1","2026-09-01 10:00:00","3","fr","123","ana@acme.example","Mentor","Y","N","Chess","N","N",""
"2","","1","fr","124","zed@acme.example","Mentor","Y","N","","N","N",""
"3","2026-09-02 10:00:00","3","fr","125","ben@acme.example","Mentee","N","N","","N","Y",""
""",
    options={"mapping": {"Teach": "offers", "Learn": "seeks"}},
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel", "Chess"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Video"}},
    },
)

case(
    "full_question_text_french",
    """"ID de la réponse","Date de soumission","Dernière page","Langue de départ","Votre adresse de courriel","Vous êtes","Compétences à transmettre [Excel]","Compétences à transmettre [Vidéo]","Compétences à acquérir [Excel]","Compétences à acquérir [Vidéo]"
"1","2026-09-01 10:00:00","3","fr","ana@acme.example","Mentor","Oui","Non","",""
"2","2026-09-01 11:00:00","3","fr","ben@acme.example","Mentoré","","","Oui","Oui"
""",
    options={
        "mapping": {
            "Vous êtes": "role",
            "Compétences à transmettre": "offers",
            "Compétences à acquérir": "seeks",
        }
    },
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel", "Vidéo"}},
    },
)

case(
    "full_text_unfinished_french",
    """"ID de la réponse","Date de soumission","Dernière page","Langue de départ","E-mail","Rôle","Je peux transmettre","Je souhaite apprendre"
"1","2026-09-01 10:00:00","3","fr","ana@acme.example","Mentor","Excel",""
"2","","1","fr","ana@acme.example","Mentor","Exc",""
"3","2026-09-01 11:00:00","3","fr","ben@acme.example","Mentoré","","Excel"
""",
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel"}},
    },
)

# Drupal
case(
    "two_title_rows_bar",
    """"Submission Details"||||"Your profile"|||"Mentoring"||
"Serial"|"Time"|"Draft"|"User"|"E-mail"|"Department"|"Role"|"Can teach"|"Wants to learn"|"Comments"
"1"|"2026-09-01 - 10:00"|"No"|"ana"|"ana@acme.example"|"IT"|"Mentor"|"Excel;Video"|""|"x"
"2"|"2026-09-01 - 10:10"|"No"|"ben"|"ben@acme.example"|"HR"|"Mentee"|""|"Video"|""
""".replace("User", "User name"),
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel", "Video"}, "department": "IT"},
        "ben@acme.example": {"role": "mentee", "seeks": {"Video"}},
    },
)

case(
    "options_under_questions",
    """Submission Details||||Role|E-mail|What can you teach?|||What do you want to learn?||
Serial|SID|Submitted Time|IP Address|||excel|video|chess|excel|video|chess
1|10|2026-09-01 10:00|10.0.0.1|mentor|ana@acme.example|X|X||||
2|11|2026-09-01 10:00|10.0.0.1|mentee|ben@acme.example|||||X|X
""",
    options={"mapping": {"What can you teach?": "offers", "What do you want to learn?": "seeks"}},
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"excel", "video"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"video", "chess"}},
    },
)

# Airtable, Notion
case(
    "airtable_linked",
    '''Name,Email,Role,Can teach,Wants to learn,Manager
Ana Silva,ana@acme.example,Mentor,"Excel,""Art (drawing, painting)""",,Ben Li
Ben Li,ben@acme.example,Mentee,,"""Art (drawing, painting)"",Excel",
Cy Twombly,cy@acme.example,Mentor,Excel,,Ben Li
''',
    expect={
        "ana@acme.example": {
            "role": "mentor",
            "offers": {"Excel", "Art (drawing, painting)"},
            "manager_id": "ben@acme.example",
            "name": "Ana Silva",
        },
        "ben@acme.example": {"seeks": {"Excel", "Art (drawing, painting)"}},
        "cy@acme.example": {"offers": {"Excel"}, "manager_id": "ben@acme.example"},
    },
)

case(
    "notion_links",
    """Name,E-mail,Role,Can teach,Wants to learn,Manager,Goals
Ana Silva,ana@acme.example,Mentor,"Excel (https://www.notion.so/Excel-0a1b2c3d4e5f), Video (https://www.notion.so/Video-1a1b)",,Ben Li (https://www.notion.so/Ben-Li-aa11),
Ben Li,ben@acme.example,Mentee,,"Video (https://www.notion.so/Video-1a1b)",,
""",
    expect={
        "ana@acme.example": {
            "role": "mentor",
            "offers": {"Excel", "Video"},
            "manager_id": "ben@acme.example",
        },
        "ben@acme.example": {"seeks": {"Video"}},
    },
)

case(
    "notion_relative_links",
    """Name,E-mail,Role,Can teach,Wants to learn
Ana Silva,ana@acme.example,Mentor,"Excel (Skills%20db/Excel%200a1b2c.md), Video (Skills%20db/Video%201b.md)",
Ben Li,ben@acme.example,Mentee,,"Video (Skills%20db/Video%201b.md), Excel (Skills%20db/Excel%200a1b2c.md)"
""",
    expect={
        "ana@acme.example": {"offers": {"Excel", "Video"}},
        "ben@acme.example": {"seeks": {"Video", "Excel"}},
    },
)

# Lucca
case(
    "composed_id_manager_name",
    """legalEntity;employeenumber;firstName;lastName;mail;dtBirth;dtContractStart;department;manager;role;offers;seeks
ACME FR;0042;Ana;Silva;ana@acme.example;12/03/1990;01/02/2015;Ventes;Ben Li;mentor;Excel;
ACME BE;0042;Ben;Li;ben@acme.example;31/01/1970;01/02/2010;Ventes;Ben Li;mentee;;Excel
""",
    options={"id": "legalEntity+employeenumber"},
    expect={
        "ACME FR+0042": {
            "role": "mentor",
            "offers": {"Excel"},
            "manager_id": "ACME BE+0042",
            "birth_date": date(1990, 3, 12),
        },
        "ACME BE+0042": {"manager_id": None},
    },
)

case(
    "employeenumber_twice",
    """legalEntity;employeenumber;mail;role;offers;seeks
ACME FR;42;ana@acme.example;mentor;Excel;
ACME BE;42;ben@acme.example;mentee;;Excel
""",
    asks="always",
    after={"id": "legalEntity+employeenumber"},
    expect={"ACME FR+42": {"role": "mentor", "offers": {"Excel"}}, "ACME BE+42": {"role": "mentee"}},
)

case(
    "login_self_manager",
    """login;lastName;firstName;mail;department;manager;dtBirth;role;offers;seeks
asilva;Silva;Ana;ana@acme.example;Ventes;bli;12/03/1990;mentor;Excel;
bli;Li;Ben;ben@acme.example;Direction;bli;30/01/1970;mentee;;Excel
""",
    options={"id": "login"},
    expect={
        "asilva": {"name": "Ana Silva", "manager_id": "bli", "birth_date": date(1990, 3, 12)},
        "bli": {"manager_id": None, "name": "Ben Li"},
    },
)

# Workday
case(
    "title_filters_footer",
    build=workbook(
        {
            "Sheet1": [
                ["Mentoring Report"],
                [],
                ["Organization", "ACME"],
                ["Effective Date", datetime(2026, 9, 1)],
                ["Total Workers", 2],
                [],
                [
                    "Employee ID",
                    "Worker",
                    "Supervisory Organization",
                    "Job Profile",
                    "Grade",
                    "Manager ID",
                    "Participant Role",
                    "Skills Offered",
                    "Skills Wanted",
                ],
                [
                    "00417",
                    "Ana Silva",
                    "Sales >> EMEA",
                    "Account Exec",
                    4,
                    "00418",
                    "Mentor",
                    "Excel; Video",
                    None,
                ],
                [],
                ["00418", "Ben Li", "Sales", "Director", 9, None, "Mentee", None, "Excel"],
                [],
                ["Confidential - ACME"],
            ]
        }
    ),
    suffix=".xlsx",
    expect={
        "00417": {
            "role": "mentor",
            "offers": {"Excel", "Video"},
            "grade": 4,
            "manager_id": "00418",
            "name": "Ana Silva",
        },
        "00418": {"role": "mentee", "seeks": {"Excel"}, "grade": 9},
    },
)

case(
    "total_row_csv",
    """Programme 2026,,,,
As of,01/09/2026,,,
,,,,
Employee ID,Worker,Participant Role,Skills Offered,Skills Wanted
1001,Ana Silva,Mentor,Excel,
1002,Ben Li,Mentee,,Excel
Total,2,,,
""",
    expect={"1001": {"role": "mentor"}, "1002": {"role": "mentee"}},
)

# SuccessFactors
case(
    "two_heading_rows",
    """USERID,USERNAME,FIRSTNAME,LASTNAME,GENDER,EMAIL,MANAGER,DEPARTMENT,CUSTOM01,CUSTOM02,CUSTOM03
User ID,Username,First Name,Last Name,Gender,Email,Manager,Department,Participant Role,Skills Offered,Skills Wanted
u1,asilva,Ana,Silva,F,ana@acme.example,u2,Sales,Mentor,Excel,
u2,bli,Ben,Li,M,ben@acme.example,NO_MANAGER,Sales,Mentee,,Excel
""",
    expect={
        "u1": {"role": "mentor", "offers": {"Excel"}, "manager_id": "u2"},
        "u2": {"role": "mentee", "manager_id": None},
    },
)

# BambooHR etc
case(
    "bamboo_json",
    """[{"employeeNumber":"7","firstName":"Ana","lastName":"Silva","workEmail":"ana@acme.example","gender":"Female","dateOfBirth":"1990-03-12","department":"Sales","location":"Paris","supervisorId":"8","role":"mentor","offers":["Excel","Video"],"seeks":null},
{"employeeNumber":"8","firstName":"Ben","lastName":"Li","workEmail":"ben@acme.example","gender":"Male","dateOfBirth":"1970-03-12","department":"Sales","location":"Paris","supervisorId":"","role":"mentee","offers":[],"seeks":["Video"]}]
""",
    suffix=".json",
    expect={
        "7": {
            "role": "mentor",
            "offers": {"Excel", "Video"},
            "manager_id": "8",
            "name": "Ana Silva",
            "email": "ana@acme.example",
        },
        "8": {"seeks": {"Video"}},
    },
)

case(
    "personio",
    """Employee ID,First name,Last name,Email,Department,Office,Hire date,Supervisor,Role,Offers,Seeks
10026.0,Ana,Silva,ana@acme.example,Sales,Paris,2019-01-01,"Li, Ben",mentor,Excel;Video,
10027.0,Ben,Li,ben@acme.example,Sales,Paris,2009-01-01,,mentee,,Video
""",
    expect={"10026": {"manager_id": "10027", "location": "Paris"}, "10027": {"role": "mentee"}},
)

case(
    "last_first_dob",
    """Employee_Name,EmpID,DOB,Sex,Department,ManagerName,ManagerID,Role,Skills Offered,Skills Wanted
"Silva, Ana",10026.0,07/10/83,F ,Production       ,Ben Li,10027.0,mentor,Excel,
"Li, Ben",10027.0,07/30/70,M ,Production       ,,,mentee,,Excel
""",
    options={"mapping": {"EmpID": "id"}},
    expect={
        "10026": {
            "birth_date": date(1983, 7, 10),
            "manager_id": "10027",
            "department": "Production",
            "gender": "F",
        },
        "10027": {"birth_date": date(1970, 7, 30)},
    },
)

case(
    "equals_quote_ids",
    '''Employee ID,Name,Role,Offers,Seeks,Manager
"=""00417""",Ana Silva,mentor,Excel,,"=""00418"""
"=""00418""",Ben Li,mentee,,Excel,
''',
    expect={"00417": {"manager_id": "00418"}, "00418": {"role": "mentee"}},
)

# French tools
case(
    "matricule_semicolon_cp1252",
    """Matricule;Nom;Prénom;Email;Service;Date de naissance;Sexe;Rôle;Compétences proposées;Compétences recherchées;ETP
00417;SILVA;Ana;ana@acme.example;Études;25/12/1990;F;Mentor;Excel, Vidéo;;0,8
00418;LI;Ben;ben@acme.example;Qualité;01/02/1970;M;Mentoré;;Vidéo, Excel;1
""",
    encoding="cp1252",
    expect={
        "00417": {
            "role": "mentor",
            "offers": {"Excel", "Vidéo"},
            "department": "Études",
            "name": "Ana SILVA",
            "birth_date": date(1990, 12, 25),
        },
        "00418": {"role": "mentee", "seeks": {"Excel", "Vidéo"}, "department": "Qualité"},
    },
)

case(
    "tab_utf16",
    """Matricule\tNom\tPrénom\tRôle\tCompétences proposées\tCompétences recherchées
417\tSilva\tAna\tMentore\tExcel;Vidéo\t
418\tLi\tBen\tMentoré\t\tVidéo
""".replace("\n", "\r\n"),
    encoding="utf-16",
    suffix=".txt",
    expect={
        "417": {"role": "mentor", "offers": {"Excel", "Vidéo"}},
        "418": {"role": "mentee", "seeks": {"Vidéo"}},
    },
)

case(
    "macroman_cr",
    """Matricule;Nom;Prénom;Rôle;Compétences proposées;Compétences recherchées
417;Silva;Anaé;Mentor;Vidéo;
418;Li;Ben;Mentoré;;Vidéo
""".replace("\n", "\r"),
    encoding="mac_roman",
    expect={
        "417": {"role": "mentor", "offers": {"Vidéo"}, "name": "Anaé Silva"},
        "418": {"role": "mentee", "seeks": {"Vidéo"}},
    },
)

case(
    "macroman_lf",
    """Matricule;Nom;Prénom;Rôle;Compétences proposées;Compétences recherchées
417;Silva;Anaé;Mentor;Cybersécurité;
418;Li;Ben;Mentoré;;Cybersécurité
""",
    encoding="mac_roman",
    expect={
        "417": {"role": "mentor", "offers": {"Cybersécurité"}, "name": "Anaé Silva"},
        "418": {"role": "mentee", "seeks": {"Cybersécurité"}},
    },
)

case(
    "dates_dash_ambiguous",
    """Matricule;Nom;Prénom;Date de naissance;Rôle;Compétences proposées;Compétences recherchées
417;Silva;Ana;05-03-1990;Mentor;Vidéo;
418;Li;Ben;01-02-1970;Mentoré;;Vidéo
""",
    asks="perhaps",
    after={"dates": "day-first"},
    expect={"417": {"birth_date": date(1990, 3, 5)}, "418": {"birth_date": date(1970, 2, 1)}},
)

case(
    "sep_line",
    """sep=;
Matricule;Nom;Prénom;Rôle;Compétences proposées;Compétences recherchées;;
417;Silva;Ana;Mentor;Vidéo, Podcast;;;
418;Li;Ben;Mentoré;;Podcast, Vidéo;;
""".replace("\n", "\r\n"),
    encoding="utf-8-sig",
    expect={"417": {"role": "mentor", "offers": {"Vidéo", "Podcast"}}, "418": {"role": "mentee"}},
)

# Excel
case(
    "hidden_rows_sheet",
    build=workbook(
        {
            "People": [
                ["id", "role", "offers", "seeks"],
                ["a", "mentor", "Excel", None],
                ["gone", "mentee", None, "Excel"],
                ["b", "mentee", None, "Excel"],
            ],
            "Lists": [["Excel"], ["Video"]],
        },
        after=lambda book: (
            book["People"].row_dimensions.__getitem__(3).__setattr__("hidden", True),
            setattr(book["Lists"], "sheet_state", "hidden"),
        ),
    ),
    suffix=".xlsx",
    expect={"a": {"role": "mentor"}, "b": {"role": "mentee"}},
)

case(
    "sheets_per_role",
    build=workbook(
        {
            "Mentors": [["id", "offers", "department"], ["a", "Excel", "IT"], ["c", "Video", "HR"]],
            "Mentees": [["id", "seeks", "department"], ["b", "Excel", "IT"], ["c", "Excel", "HR"]],
        }
    ),
    suffix=".xlsx",
    asks="never",
    expect={
        "a": {"role": "mentor", "offers": {"Excel"}},
        "b": {"role": "mentee", "seeks": {"Excel"}},
        "c": {"role": "both", "offers": {"Video"}, "seeks": {"Excel"}},
    },
)

case(
    "sheets_per_role_french_guide",
    build=workbook(
        {
            "Mode d'emploi": [["Bienvenue dans le programme"], ["Remplissez les deux feuilles"]],
            "Mentors": [["Matricule", "Compétences proposées"], ["a", "Excel"]],
            "Mentoré(e)s": [["Matricule", "Compétences recherchées"], ["b", "Excel"]],
        }
    ),
    suffix=".xlsx",
    asks="never",
    expect={"a": {"role": "mentor", "offers": {"Excel"}}, "b": {"role": "mentee", "seeks": {"Excel"}}},
)

case(
    "people_and_notes",
    build=workbook(
        {
            "People": [
                ["id", "role", "offers", "seeks"],
                ["a", "mentor", "Excel", None],
                ["b", "mentee", None, "Excel"],
            ],
            "Notes": [["remember to ask Ana"]],
        }
    ),
    suffix=".xlsx",
    asks="perhaps",
    after={"sheet": "People"},
    expect={"a": {"role": "mentor"}, "b": {"role": "mentee"}},
)

case(
    "merged_department",
    build=workbook(
        {
            "S": [
                ["id", "role", "department", "offers", "seeks"],
                ["a", "mentor", "IT", "Excel", None],
                ["b", "mentee", None, None, "Excel"],
            ]
        },
        after=lambda b: b["S"].merge_cells("C2:C3"),
    ),
    suffix=".xlsx",
    expect={"a": {"department": "IT"}, "b": {"department": "IT"}},
)

case(
    "sci_ids",
    """Employee ID,Role,Offers,Seeks
1.23E+11,mentor,Excel,
"1,24E+11",mentee,,Excel
""",
    asks="always",
    expect=None,
)

case(
    "serial_birth",
    """id;role;offers;seeks;birth_date
a;mentor;Excel;;33239
b;mentee;;Excel;25569
""",
    expect={"a": {"birth_date": date(1991, 1, 1)}, "b": {"birth_date": date(1970, 1, 1)}},
)

case(
    "number_ids_zeros",
    build=workbook(
        {
            "S": [
                ["id", "role", "offers", "seeks"],
                [417, "mentor", "Excel", None],
                [418, "mentee", None, "Excel"],
            ]
        },
        after=lambda b: [setattr(b["S"].cell(r, 1), "number_format", "00000") for r in (2, 3)],
    ),
    suffix=".xlsx",
    expect={"00417": {"role": "mentor"}, "00418": {"role": "mentee"}},
)

case(
    "mixed_sheet_filter_and_title",
    build=workbook(
        {
            "Export": [
                [None, "Programme de mentorat inversé"],
                [],
                ["Matricule", "Rôle", "Compétences proposées", "Compétences recherchées", None],
                ["a", "Mentor", "Excel", None, None],
                ["b", "Mentoré", "", "Excel", None],
            ]
        }
    ),
    suffix=".xlsx",
    expect={"a": {"role": "mentor"}, "b": {"role": "mentee"}},
)

# identity
case(
    "bar_values",
    """employeeId,mail,role,skills,learn,memberOf
1,ana@acme.example,mentor,Excel|Video,,cn=a|cn=b
2,ben@acme.example,mentee,,Video|Excel,cn=a
""",
    options={"mapping": {"skills": "offers", "learn": "seeks"}},
    expect={
        "1": {"offers": {"Excel", "Video"}, "email": "ana@acme.example"},
        "2": {"seeks": {"Video", "Excel"}},
    },
)

case(
    "list_response",
    mentors=list_response(
        user("u1", "Ana", "Silva", "ana@acme.example", manager="u2"),
        user("u9", "Gone", "Gone", "gone@acme.example", active=False),
    ),
    mentees=list_response(user("u2", "Ben", "Li", "ben@acme.example")),
    suffix=".json",
    options={"format": "scim"},
    expect={
        "u1": {
            "role": "mentor",
            "name": "Ana Silva",
            "email": "ana@acme.example",
            "manager_id": "u2",
            "department": "IT",
        },
        "u2": {"role": "mentee", "timezone": "Europe/Paris"},
    },
)
case(
    "ndjson",
    mentors="\n".join(json.dumps(u) for u in [user("u1", "Ana", "Silva", "ana@acme.example")]) + "\n",
    mentees=json.dumps(user("u2", "Ben", "Li", "ben@acme.example")) + "\n",
    suffix=".ndjson",
    options={"format": "scim"},
    expect={"u1": {"role": "mentor"}, "u2": {"role": "mentee"}},
)
case(
    "scim_without_format",
    mentors=list_response(user("u1", "Ana", "Silva", "ana@acme.example", manager="u2")),
    mentees=list_response(user("u2", "Ben", "Li", "ben@acme.example")),
    suffix=".json",
    asks="perhaps",
    after={"format": "scim"},
    expect={"u1": {"role": "mentor"}, "u2": {"role": "mentee"}},
)
case(
    "ndjson_records",
    '{"id":"a","role":"mentor","offers":{"Excel":4}}\n{"id":"b","role":"mentee","seeks":["Excel"]}\n',
    suffix=".jsonl",
    expect={"a": {"offers": {"Excel": 4}}, "b": {"seeks": {"Excel"}}},
)

# by hand
case(
    "name_email_cells",
    """Participant,Rôle,Peut transmettre,Souhaite apprendre
Ana Silva <ana@acme.example>,Mentor,Excel,
Ben Li <ben@acme.example>,Mentoré(e),,Excel
""",
    options={"mapping": {"Participant": "id"}},
    asks="perhaps",
    after={"id": "Participant"},
    expect={
        "ana@acme.example": {"name": "Ana Silva", "offers": {"Excel"}},
        "ben@acme.example": {"name": "Ben Li"},
    },
)

case(
    "full_width",
    """id,role,offers,seeks
a,mentor,Excel：4；Video：5,
b,mentee,,Excel、Video
""",
    expect={"a": {"offers": {"Excel": 4, "Video": 5}}, "b": {"seeks": {"Excel", "Video"}}},
)

case(
    "mentor_mentee_cell",
    """id,role,offers,seeks
a,"Mentor, Mentee",Excel,Video
b,Mentor & Mentee,Video,Excel
c,mentor/mentee,Video,Excel
d,Mentor et mentoré,Video,Excel
e,mentee,,Excel
""",
    expect={
        "a": {"role": "both"},
        "b": {"role": "both"},
        "c": {"role": "both"},
        "d": {"role": "both"},
        "e": {"role": "mentee"},
    },
)

case(
    "availability_columns",
    """id,role,offers,seeks,Mon AM,Mon PM,Tue AM
a,mentor,Excel,,1,0,1
b,mentee,,Excel,0,1,1
""",
    expect={"a": {"role": "mentor"}, "b": {"role": "mentee"}},
)

case(
    "availability_list",
    """id,role,offers,seeks,availability
a,mentor,Excel,,"[Mon AM, Tue PM]"
b,mentee,,Excel,"[Tue PM]"
""",
    expect={"a": {"role": "mentor"}, "b": {"role": "mentee"}},
)

case(
    "bullets_newlines",
    """Nom,Rôle,E-mail,Peut transmettre,Souhaite apprendre
Ana Silva,Mentor,ana@acme.example,"• Excel
• Vidéo",
Ben Li,Mentorée,ben@acme.example,,"- Vidéo
- Excel"
""",
    expect={
        "ana@acme.example": {"offers": {"Excel", "Vidéo"}, "name": "Ana Silva"},
        "ben@acme.example": {"seeks": {"Vidéo", "Excel"}},
    },
)

case(
    "yes_no_marks",
    """id,role,Excel,Video,Learn Excel,Learn Video
a,mentor,X,✓,,
b,mentee,,,oui,non
c,mentee,,,1,
""",
    options={
        "mapping": {"Excel": "offers", "Video": "offers", "Learn Excel": "seeks", "Learn Video": "seeks"}
    },
    asks="perhaps",
    after=None,
    expect={
        "a": {"offers": {"Excel", "Video"}},
        "b": {"seeks": {"Learn Excel"}},
        "c": {"seeks": {"Learn Excel"}},
    },
)

case(
    "numbered_list",
    """id,role,offers,seeks
a,mentor,"1. Excel
2. Video",
b,mentee,,"1) Video
2) Excel"
""",
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Video", "Excel"}}},
)

case(
    "skill_1_2_3",
    """id,role,Skill 1,Skill 2,Skill 3,Wish 1,Wish 2
a,mentor,Excel,Video,,,
b,mentee,,,,Video,Excel
""",
    options={
        "mapping": {
            "Skill 1": "offers",
            "Skill 2": "offers",
            "Skill 3": "offers",
            "Wish 1": "seeks",
            "Wish 2": "seeks",
        }
    },
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Video", "Excel"}}},
)

case(
    "single_entry_bracket_level",
    """id;role;offers;seeks
a;mentor;Excel (avancé), Vidéo (débutant);
b;mentee;;Excel (indispensable)
""",
    expect={"a": {"offers": {"Excel": 4, "Vidéo": 1}}, "b": {"seeks": {"Excel": 3}}},
    asks="perhaps",
    after={"separator": {"offers": ", "}},
)

case(
    "spaces_quotes",
    """id, role, offers, seeks
m1, mentor, "Excel, Video", ""
e1, mentee, "", "Video, Excel"
""",
    expect={"m1": {"offers": {"Excel", "Video"}}, "e1": {"seeks": {"Video", "Excel"}}},
)

case(
    "prefer_not_say",
    """id,role,offers,seeks,gender,department
a,mentor,Excel,N/A,Prefer not to say,-
b,mentee,None,Excel,Ne souhaite pas répondre,N/A
""",
    expect={
        "a": {"gender": None, "department": None, "seeks": set()},
        "b": {"gender": None, "department": None, "offers": set()},
    },
)

case(
    "avoids_comma_ids",
    """id,role,offers,seeks,avoids
lea,mentor,Python:5,,
tom,mentor,Python:5,,
kim,mentor,Excel:1,,
ada,mentee,,Python,"lea, tom"
""",
    expect={"lea": {}, "tom": {}, "kim": {}, "ada": {"avoids": ("lea", "tom")}},
)

case(
    "wants_by_name",
    """E-mail,Nom,Rôle,Peut transmettre,Souhaite apprendre,Souhaite travailler avec
ana@acme.example,Ana Silva,Mentor,Excel,,
ben@acme.example,Ben Li,Mentoré,,Excel,"Ana Silva, Cy Or"
cy@acme.example,Cy Or,Mentor,Excel,,
""",
    asks="perhaps",
    expect={
        "ana@acme.example": {},
        "cy@acme.example": {},
        "ben@acme.example": {"wants": ("ana@acme.example", "cy@acme.example")},
    },
)

case(
    "small_list_across_columns",
    """id,role,offers,seeks
a,mentor,"Excel, Video, Podcasts",
b,mentee,,"Video, Excel"
""",
    expect={"a": {"offers": {"Excel", "Video", "Podcasts"}}, "b": {"seeks": {"Video", "Excel"}}},
)

case(
    "languages_comma",
    """id,role,offers,seeks,languages
a,mentor,Excel,,"fr, en"
b,mentee,,Excel,"English"
""",
    expect={"b": {}, "a": {"languages": ("fr", "en")}},
)

case(
    "and_lists",
    """id;role;offers;seeks
a;mentor;Excel / Video / Chess;
b;mentee;;Video
""",
    expect={"a": {"offers": {"Excel", "Video", "Chess"}}, "b": {"seeks": {"Video"}}},
)

case(
    "only_one_multi_cell",
    """id;role;offers;seeks
a;mentor;Excel, Video;
b;mentee;;Podcast
""",
    asks="perhaps",
    after={"separator": {"offers": ", "}},
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Podcast"}}},
)

case(
    "pair_row_levels_words",
    """id;role;offers;seeks
a;mentor;Excel - avancé;
b;mentee;;Excel
""",
    asks="perhaps",
    expect={"a": {"offers": {"Excel": 4}}, "b": {"seeks": {"Excel"}}},
)

case(
    "heading_row_3_csv",
    """Liste des participants,,,
,,,
Prénom,Nom,Courriel,Rôle,Compétences à transmettre,Compétences à acquérir
Ana,Silva,ana@acme.example,Mentor,Excel,
Ben,Li,ben@acme.example,Mentoré·e,,Excel
""",
    options={"mapping": {"Compétences à acquérir": "seeks"}},
    expect={
        "ana@acme.example": {"name": "Ana Silva", "offers": {"Excel"}},
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel"}},
    },
)

case(
    "checkbox_true_false_sheets",
    """E-mail,Rôle,Excel,Vidéo,Montage
ana@acme.example,Mentor,TRUE,FALSE,TRUE
ben@acme.example,Mentor,FALSE,TRUE,FALSE
""",
    mentees=None,
    options={"mapping": {"Excel": "offers", "Vidéo": "offers", "Montage": "offers"}},
    asks="always",
    expect=None,
)

case(
    "tsv_export",
    "id\trole\toffers\tseeks\na\tmentor\tExcel, Video\t\nb\tmentee\t\tVideo, Excel\n",
    suffix=".tsv",
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Video", "Excel"}}},
)

case(
    "no_role_mentors_only_headings",
    """email address,organisation,profession
m1@x.example,Dept A,Policy
m2@x.example,Dept B,Policy
""",
    asks="always",
    expect=None,
)

case(
    "several_mentor_files_both",
    mentors="email,can teach\nana@x.example,Excel\nbo@x.example,Video\n",
    mentees="email,wants to learn,can teach\nANA@x.example,Video,\n",
    expect={
        "ana@x.example": {"role": "both", "offers": {"Excel"}, "seeks": {"Video"}},
        "bo@x.example": {"role": "mentor"},
    },
)

case(
    "semicolon_file_cells_with_semicolons_quoted",
    """"id";"role";"offers";"seeks"
"a";"mentor";"Excel:4;Vidéo, son et lumière:2";""
"b";"mentee";"";"Excel:3"
""",
    expect={"a": {"offers": {"Excel": 4, "Vidéo, son et lumière": 2}}, "b": {"seeks": {"Excel": 3}}},
)


case(
    "title_with_comma_in_semicolon_file",
    """Export du 12/01/2026, service RH, Paris
Matricule;Nom;Rôle;Compétences proposées;Compétences recherchées
1;Silva;Mentor;Excel;
2;Li;Mentoré;;Excel
""",
    expect={"1": {"role": "mentor", "offers": {"Excel"}}, "2": {"role": "mentee"}},
)
case(
    "sep_quoted",
    '"sep=;"\nid;role;offers;seeks\na;mentor;Excel;\nb;mentee;;Excel\n',
    expect={"a": {"offers": {"Excel"}}, "b": {}},
)
case(
    "sep_tab",
    "sep=\t\nid\trole\toffers\tseeks\na\tmentor\tExcel\t\nb\tmentee\t\tExcel\n",
    expect={"a": {"offers": {"Excel"}}, "b": {}},
)
case(
    "sep_blank_line_bom",
    "\ufeffSEP=,\r\nid,role,offers,seeks\r\na,mentor,Excel,\r\nb,mentee,,Excel\r\n",
    expect={"a": {"offers": {"Excel"}}, "b": {}},
)
case(
    "utf16be",
    data=b"\xfe\xff"
    + "id\trole\toffers\tseeks\r\na\tmentor\tVidéo\t\r\nb\tmentee\t\tVidéo\r\n".encode("utf-16-be"),
    expect={"a": {"offers": {"Vidéo"}}, "b": {}},
)
case(
    "utf16_no_bom",
    data="id\trole\toffers\tseeks\r\na\tmentor\tVidéo\t\r\nb\tmentee\t\tVidéo\r\n".encode("utf-16-le"),
    suffix=".txt",
    asks="perhaps",
    expect={"a": {"offers": {"Vidéo"}}, "b": {}},
)
case(
    "mixed_semicolon_comma",
    """id,role,offers,seeks
a,mentor,"Excel; Video",
b,mentor,"Excel, Podcast",
c,mentee,,"Podcast"
""",
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"offers": {"Excel", "Podcast"}}, "c": {}},
)
case(
    "mixed_newline_semicolon",
    """id,role,offers,seeks
a,mentor,"Excel
Video",
b,mentor,"Excel;Podcast",
c,mentee,,"Podcast"
""",
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"offers": {"Excel", "Podcast"}}, "c": {}},
)
case(
    "footer_generated",
    """id,role,offers,seeks,department
a,mentor,Excel,,IT
b,mentee,,Excel,IT
Généré le 12/01/2026 par SIRH,,,,
""",
    expect={"a": {}, "b": {}},
)
case(
    "footer_mentors_file",
    mentors="id,offers,department,location\na,Excel,IT,Paris\nDocument confidentiel - ne pas diffuser,,,\n",
    mentees="id,seeks,department,location\nb,Excel,IT,Paris\n2 lignes,,,\n",
    expect={"a": {"role": "mentor"}, "b": {}},
    asks="perhaps",
)
case(
    "surveymonkey_french",
    """ID du répondant,ID du collecteur,Date de début,Date de fin,Adresse IP,Adresse e-mail,Prénom,Nom de famille,Données personnalisées 1,Votre rôle,Que pouvez-vous transmettre ?,,,Que voulez-vous apprendre ?,
,,,,,,,,,Réponse,Excel,Vidéo,Autre (veuillez préciser),Excel,Vidéo
118001,42,09/01/2026 10:00:00 AM,09/01/2026 10:05:00 AM,10.0.0.1,ana@acme.example,Ana,Silva,,Mentor,Excel,,Origami,,
118002,42,09/01/2026 10:00:00 AM,09/01/2026 10:05:00 AM,10.0.0.1,ben@acme.example,Ben,Li,,Mentoré(e),,,,Excel,Vidéo
""",
    options={
        "mapping": {
            "Votre rôle": "role",
            "Que pouvez-vous transmettre ?": "offers",
            "Que voulez-vous apprendre ?": "seeks",
        }
    },
    expect={
        "ana@acme.example": {"role": "mentor", "offers": {"Excel", "Origami"}, "name": "Ana Silva"},
        "ben@acme.example": {"role": "mentee", "seeks": {"Excel", "Vidéo"}},
    },
)
case(
    "surveymonkey_matrix",
    """Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,Role,How well do you know these?,,,How much do you want to learn these?,
,,,,,,,,,Response,Excel,Video,Public speaking,Excel,Video
118001,42,09/01/2026,09/01/2026,10.0.0.1,ana@acme.example,Ana,Silva,,Mentor,Expert,Not at all,Intermediate,,
118002,42,09/01/2026,09/01/2026,10.0.0.1,ben@acme.example,Ben,Li,,Mentee,,,,Must have,Nice to have
""",
    options={
        "mapping": {"How well do you know these?": "offers", "How much do you want to learn these?": "seeks"}
    },
    expect={
        "ana@acme.example": {"offers": {"Excel": 5, "Public speaking": 3}},
        "ben@acme.example": {"seeks": {"Excel": 3, "Video": 1}},
    },
)
case(
    "limesurvey_ranking",
    """"id","submitdate","lastpage","startlanguage","seed","Email","Role","R1[1]","R1[2]","R2[1]","R2[2]"
"1","2026-09-01 10:00:00","3","fr","123","ana@acme.example","Mentor","Excel","Video","",""
"3","2026-09-02 10:00:00","3","fr","125","ben@acme.example","Mentee","","","Video","Excel"
""",
    options={"mapping": {"R1": "offers", "R2": "seeks"}},
    expect={
        "ana@acme.example": {"offers": {"Excel": 5, "Video": 4}},
        "ben@acme.example": {"seeks": {"Video": 3, "Excel": 2}},
    },
)
case(
    "limesurvey_codes_named",
    """"id","submitdate","lastpage","startlanguage","seed","Email","Role","PKZ[SQ001]","PKZ[SQ002]","LRN[SQ001]","LRN[SQ002]"
"1","2026-09-01 10:00:00","3","fr","123","ana@acme.example","Mentor","Y","","",""
"3","2026-09-02 10:00:00","3","fr","125","ben@acme.example","Mentee","","","Y","Y"
""",
    options={
        "mapping": {
            "PKZ[SQ001]": "offers:Excel",
            "PKZ[SQ002]": "offers:Video",
            "LRN[SQ001]": "seeks:Excel",
            "LRN[SQ002]": "seeks:Video",
        }
    },
    expect={"ana@acme.example": {"offers": {"Excel"}}, "ben@acme.example": {"seeks": {"Excel", "Video"}}},
)
case(
    "limesurvey_code_and_text",
    """"id","submitdate","lastpage","startlanguage","seed","Email. Your e-mail","Role. Your role","Teach[SQ001]. What can you teach? [Excel]","Teach[SQ002]. What can you teach? [Video]","Learn[SQ001]. What do you want to learn? [Excel]","Learn[SQ002]. What do you want to learn? [Video]"
"1","2026-09-01 10:00:00","3","fr","123","ana@acme.example","Mentor","Yes","No","No","No"
"3","2026-09-02 10:00:00","3","fr","125","ben@acme.example","Mentee","No","No","Yes","No"
""",
    options={"mapping": {"Role. Your role": "role", "Teach": "offers", "Learn": "seeks"}},
    asks="perhaps",
    expect={"ana@acme.example": {"offers": {"Excel"}}, "ben@acme.example": {"seeks": {"Excel"}}},
)
case(
    "qualtrics_finished_false_two_rows",
    """StartDate,Status,Finished,ResponseId,Q1,Q2,Q3
Start Date,Response Type,Finished,Response ID,Role,What can you teach?,What do you want to learn?
"{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""finished""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"
2026-09-01 10:00:00,0,1,R_1,mentor,"Excel,Art (drawing, painting)",
2026-09-01 10:00:00,0,1,R_2,mentee,,"Art (drawing, painting)"
2026-09-01 10:00:00,1,1,R_3,mentee,,"Excel"
""",
    options={"mapping": {"ResponseId": "id", "Q1": "role", "Q2": "offers", "Q3": "seeks"}},
    expect={
        "R_1": {"offers": {"Excel", "Art (drawing, painting)"}},
        "R_2": {"seeks": {"Art (drawing, painting)"}},
    },
)
case(
    "qualtrics_matrix",
    """ResponseId,Q1,Q2_1,Q2_2,Q3_1,Q3_2
Response ID,Role,Please rate what you could teach - Excel,Please rate what you could teach - Video - editing,Please say how much you want to learn - Excel,Please say how much you want to learn - Video - editing
"{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_1""}","{""ImportId"":""QID2_2""}","{""ImportId"":""QID3_1""}","{""ImportId"":""QID3_2""}"
R_1,mentor,Expert,Basic,,
R_2,mentee,,,Must have,Nice to have
""",
    options={"mapping": {"ResponseId": "id", "Q1": "role", "Q2": "offers", "Q3": "seeks"}},
    expect={
        "R_1": {"offers": {"Excel": 5, "Video - editing": 2}},
        "R_2": {"seeks": {"Excel": 3, "Video - editing": 1}},
    },
)
case(
    "hidden_column",
    build=workbook(
        {
            "S": [
                ["id", "role", "offers", "seeks", "salary"],
                ["a", "mentor", "Excel", None, 1],
                ["b", "mentee", None, "Excel", 2],
            ]
        },
        after=lambda b: b["S"].column_dimensions.__getitem__("E").__setattr__("hidden", True),
    ),
    expect={"a": {}, "b": {}},
    suffix=".xlsx",
)
case(
    "two_heading_rows_merged",
    build=workbook(
        {
            "S": [
                ["E-mail", "Rôle", "Je peux transmettre", None, "Je souhaite apprendre", None],
                [None, None, "Excel", "Vidéo", "Excel", "Vidéo"],
                ["ana@acme.example", "Mentor", "x", None, None, None],
                ["ben@acme.example", "Mentoré", None, None, "x", "x"],
            ]
        },
        after=lambda b: (
            b["S"].merge_cells("C1:D1"),
            b["S"].merge_cells("E1:F1"),
            b["S"].merge_cells("A1:A2"),
            b["S"].merge_cells("B1:B2"),
        ),
    ),
    suffix=".xlsx",
    expect={"ana@acme.example": {"offers": {"Excel"}}, "ben@acme.example": {"seeks": {"Excel", "Vidéo"}}},
)
case(
    "two_heading_rows_csv_by_hand",
    """E-mail,Rôle,Je peux transmettre,,Je souhaite apprendre,
,,Excel,Vidéo,Excel,Vidéo
ana@acme.example,Mentor,x,,,
ben@acme.example,Mentoré,,,x,x
""",
    expect={"ana@acme.example": {"offers": {"Excel"}}, "ben@acme.example": {"seeks": {"Excel", "Vidéo"}}},
)
case(
    "bool_xlsx_options",
    build=workbook(
        {
            "S": [
                [
                    "E-mail",
                    "Rôle",
                    "Transmettre [Excel]",
                    "Transmettre [Vidéo]",
                    "Apprendre [Excel]",
                    "Apprendre [Vidéo]",
                ],
                ["ana@acme.example", "Mentor", True, False, None, None],
                ["ben@acme.example", "Mentoré", None, None, False, True],
            ]
        }
    ),
    suffix=".xlsx",
    options={"mapping": {"Transmettre": "offers", "Apprendre": "seeks"}},
    expect={"ana@acme.example": {"offers": {"Excel"}}, "ben@acme.example": {"seeks": {"Vidéo"}}},
)
case(
    "float_ids_xlsx",
    build=workbook(
        {
            "S": [
                ["Employee ID", "Manager ID", "Role", "Offers", "Seeks"],
                [10026.0, 10027.0, "mentor", "Excel", None],
                [10027.0, None, "mentee", None, "Excel"],
            ]
        }
    ),
    suffix=".xlsx",
    expect={"10026": {"manager_id": "10027"}, "10027": {}},
)
case(
    "quotes_airtable_alone",
    '''Name,Email,Role,Can teach,Wants to learn
Ana,ana@a.example,Mentor,"""Art (drawing, painting)""",
Ben,ben@a.example,Mentee,,"Excel,""Lean, Six Sigma"""
''',
    expect={
        "ana@a.example": {"offers": {"Art (drawing, painting)"}},
        "ben@a.example": {"seeks": {"Excel", "Lean, Six Sigma"}},
    },
)
case(
    "name_email_manager",
    """id,name,role,offers,seeks,manager
ana@a.example,Ana Silva,mentor,Excel,,Ben Li <ben@a.example>
ben@a.example,Ben Li,mentee,,Excel,
""",
    expect={"ana@a.example": {"manager_id": "ben@a.example"}, "ben@a.example": {}},
)
case(
    "extra_blank_column_in_middle",
    """id,role,,offers,seeks,,
a,mentor,,Excel,,,
b,mentee,,,Excel,,
""",
    expect={"a": {"offers": {"Excel"}}, "b": {"seeks": {"Excel"}}},
)
case(
    "ragged_short_rows",
    """id,role,offers,seeks
a,mentor,Excel
b,mentee,,Excel
""",
    asks="perhaps",
    expect={"a": {"offers": {"Excel"}}, "b": {"seeks": {"Excel"}}},
)
case(
    "json_wrapped",
    '{"employees":[{"id":"a","role":"mentor","offers":["Excel"]},{"id":"b","role":"mentee","seeks":["Excel"]}]}',
    suffix=".json",
    asks="perhaps",
    expect={"a": {"offers": {"Excel"}}, "b": {}},
)
case(
    "role_with_explanation",
    """id;Vous participez en tant que;offers;seeks
a;Mentor (je transmets);Excel;
b;Mentoré(e) (j'apprends);;Excel
c;Les deux !;Vidéo;Excel
""",
    options={"mapping": {"Vous participez en tant que": "role"}},
    asks="perhaps",
    expect={"a": {"role": "mentor"}, "b": {"role": "mentee"}, "c": {"role": "both"}},
)
case(
    "fullwidth_comma",
    "id,role,offers,seeks\na,mentor,Excel，Video,\nb,mentee,,Video，Excel\n",
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Excel", "Video"}}},
)
case(
    "choice_columns",
    """E-mail,Rôle,1er choix : que pouvez-vous transmettre ?,2e choix,1er souhait,2e souhait
ana@a.example,Mentor,Excel,Vidéo,,
ben@a.example,Mentoré,,,Vidéo,Excel
""",
    options={
        "mapping": {
            "1er choix : que pouvez-vous transmettre ?": "offers",
            "2e choix": "offers",
            "1er souhait": "seeks",
            "2e souhait": "seeks",
        }
    },
    expect={
        "ana@a.example": {"offers": {"Excel", "Vidéo"}},
        "ben@a.example": {"seeks": {"Vidéo", "Excel"}},
    },
)
case(
    "levels_as_columns",
    """E-mail,Role,Skills you teach [Beginner],Skills you teach [Expert],Wants to learn
ana@a.example,Mentor,"Excel, Video","Python",
ben@a.example,Mentee,,,"Python, Excel"
""",
    options={"mapping": {"Skills you teach": "offers"}},
    asks="perhaps",
    expect={
        "ana@a.example": {"offers": {"Excel": 1, "Video": 1, "Python": 5}},
        "ben@a.example": {"seeks": {"Python", "Excel"}},
    },
)
case(
    "heading_nbsp_trailing",
    "Adresse\u00a0e-mail ,Rôle :,Je peux transmettre :,Je souhaite apprendre :\nana@a.example,Mentor,Excel,\nben@a.example,Mentoré,,Excel\n",
    expect={"ana@a.example": {"offers": {"Excel"}}, "ben@a.example": {}},
)
case(
    "mixed_option_and_text",
    """Timestamp,Email Address,Role,I can teach [Excel],I can teach [Video],"I can teach, other",I want to learn
1/13/2026 10:00:00,ana@a.example,mentor,Expert,,"Chess",
1/13/2026 10:00:00,ben@a.example,mentee,,,,"Chess, Excel"
""",
    options={"mapping": {"I can teach": "offers", "I can teach, other": "offers"}},
    expect={
        "ana@a.example": {"offers": {"Excel": 5, "Chess": 3}},
        "ben@a.example": {"seeks": {"Chess", "Excel"}},
    },
)
case(
    "single_option_bracket",
    "id,role,I can teach [Excel],I want to learn [Excel]\na,mentor,x,\nb,mentee,,x\n",
    options={},
    expect={"a": {"offers": {"Excel"}}, "b": {"seeks": {"Excel"}}},
)
case(
    "priority_words_columns",
    'id,role,offers,seeks\na,mentor,Excel [5],\nb,mentee,,"Excel [must have]; Video [nice to have]"\n',
    expect={"a": {"offers": {"Excel": 5}}, "b": {"seeks": {"Excel": 3, "Video": 1}}},
)
case(
    "semicolon_decimal_comma_grade",
    "Matricule;Rôle;Compétences proposées;Compétences recherchées;Échelon\n1;Mentor;Excel;;3,0\n2;Mentoré;;Excel;5\n",
    asks="perhaps",
    expect={"1": {"grade": 3}, "2": {"grade": 5}},
)
case(
    "duplicate_ids_zeros",
    "id,role,offers,seeks\n00417,mentor,Excel,\n417,mentee,,Excel\n",
    asks="perhaps",
    expect=None,
)
case(
    "drupal_quoted_tabs",
    '"Submission Details"\t""\t""\t"Role"\t"E-mail"\t"Can teach"\t"Wants to learn"\n"Serial"\t"SID"\t"Time"\t""\t""\t""\t""\n1\t2\t2026-09-01\tmentor\tana@a.example\tExcel\t\n2\t3\t2026-09-01\tmentee\tben@a.example\t\tExcel\n',
    expect={"ana@a.example": {"offers": {"Excel"}}, "ben@a.example": {}},
)
case(
    "workday_header_info_two_cols",
    build=workbook(
        {
            "Report": [
                ["Programme report"],
                ["Run by", "Someone"],
                ["Company", "ACME"],
                ["Filters", "Active = Yes"],
                [],
                ["Worker", "Email", "Participant Role", "Skills Offered", "Skills Wanted", "Manager"],
                ["Silva, Ana", "ana@a.example", "Mentor", "Excel", None, "Li, Ben"],
                ["Li, Ben", "ben@a.example", "Mentee", None, "Excel", None],
                [],
                ["Total", 2],
            ]
        }
    ),
    suffix=".xlsx",
    expect={"ana@a.example": {"manager_id": "ben@a.example"}, "ben@a.example": {}},
)
case(
    "successfactors_csv_preamble_types",
    """STATUS,USERID,FIRSTNAME,LASTNAME,EMAIL,MANAGER,DEPARTMENT,ROLE_IN_PROGRAMME,SKILLS_OFFERED,SKILLS_WANTED
Status,User ID,First Name,Last Name,Email,Manager,Department,Role in programme,Skills offered,Skills wanted
active,u1,Ana,Silva,ana@a.example,u2,Sales,Mentor,Excel,
active,u2,Ben,Li,ben@a.example,NO_MANAGER,Sales,Mentee,,Excel
""",
    asks="perhaps",
    options={"mapping": {"Role in programme": "role"}},
    expect={"u1": {"manager_id": "u2", "offers": {"Excel"}}, "u2": {"role": "mentee"}},
)
case(
    "lucca_manager_last_first",
    "login;mail;firstName;lastName;department;manager;role;offers;seeks\nasilva;ana@a.example;Ana;SILVA;IT;LI Ben;mentor;Excel;\nbli;ben@a.example;Ben;LI;IT;;mentee;;Excel\n",
    options={"id": "login"},
    expect={"asilva": {"manager_id": "bli"}, "bli": {}},
)
case(
    "spanish_form",
    'Marca temporal,Dirección de correo electrónico,Rol,¿Qué puedes enseñar?,¿Qué quieres aprender?\n20/09/2026 10:00:00,ana@a.example,Mentor,"Excel, Vídeo",\n20/09/2026 10:00:00,ben@a.example,Mentee,,"Vídeo, Excel"\n',
    options={"mapping": {"Rol": "role", "¿Qué puedes enseñar?": "offers", "¿Qué quieres aprender?": "seeks"}},
    expect={
        "ana@a.example": {"offers": {"Excel", "Vídeo"}},
        "ben@a.example": {"seeks": {"Excel", "Vídeo"}},
    },
)
case(
    "latest_by_us_pm",
    "Timestamp,Email Address,Role,Can teach,Wants to learn\n9/2/2026 11:00:00 AM,ana@a.example,mentor,Excel,\n9/2/2026 1:00:00 PM,ana@a.example,mentor,Python,\n9/13/2026 1:00:00 PM,ben@a.example,mentee,,Python\n",
    options={"latest_by": "Timestamp"},
    expect={"ana@a.example": {"offers": {"Python"}}, "ben@a.example": {}},
)
case(
    "latest_by_fr_gmt",
    "Horodateur,Adresse e-mail,Rôle,Peut transmettre,Souhaite apprendre\n2026/09/02 11:00:00 AM UTC+2,ana@a.example,Mentor,Excel,\n2026/09/02 1:00:00 PM UTC+2,ana@a.example,Mentor,Python,\n2026/09/03 1:00:00 PM UTC+2,ben@a.example,Mentoré,,Python\n",
    options={"latest_by": "Horodateur"},
    expect={"ana@a.example": {"offers": {"Python"}}, "ben@a.example": {}},
)
case(
    "latest_by_ambiguous",
    "Timestamp,Email Address,Role,Can teach,Wants to learn\n01/02/2026 11:00:00,ana@a.example,mentor,Excel,\n02/01/2026 11:00:00,ana@a.example,mentor,Python,\n03/01/2026 11:00:00,ben@a.example,mentee,,Python\n",
    options={"latest_by": "Timestamp"},
    asks="always",
    after={"dates": "day-first"},
    expect={"ana@a.example": {"offers": {"Excel"}}, "ben@a.example": {}},
)
case(
    "latest_by_xlsx_datetimes",
    build=workbook(
        {
            "Form1": [
                [
                    "ID",
                    "Start time",
                    "Completion time",
                    "Email",
                    "Name",
                    "Role",
                    "I can teach",
                    "I want to learn",
                ],
                [
                    1,
                    datetime(2026, 9, 1, 10),
                    datetime(2026, 9, 1, 10, 5),
                    "ana@a.example",
                    "Ana",
                    "mentor",
                    "Excel;",
                    None,
                ],
                [
                    2,
                    datetime(2026, 9, 2, 10),
                    datetime(2026, 9, 2, 10, 5),
                    "ana@a.example",
                    "Ana",
                    "mentor",
                    "Python;",
                    None,
                ],
                [
                    3,
                    datetime(2026, 9, 2, 10),
                    datetime(2026, 9, 2, 10, 5),
                    "ben@a.example",
                    "Ben",
                    "mentee",
                    None,
                    "Python;",
                ],
            ]
        }
    ),
    suffix=".xlsx",
    options={"latest_by": "Completion time"},
    expect={"ana@a.example": {"offers": {"Python"}}, "ben@a.example": {}},
)
case(
    "column_named_like_place",
    "id,role,offers,Column E,seeks\na,mentor,Excel,x,\nb,mentee,,y,Excel\n",
    options={"mapping": {"Column E": "country"}},
    expect={"a": {"country": "x"}, "b": {"seeks": {"Excel"}}},
)
case(
    "google_forms_grid_checkbox",
    'Timestamp,Email Address,Role,Your skills [Excel],Your skills [Video]\n1/13/2026 10:00:00,ana@a.example,mentor,"Can teach, Use daily",\n1/13/2026 10:00:00,ben@a.example,mentee,,Want to learn\n',
    options={"mapping": {"Your skills": "offers"}},
    asks="always",
    expect=None,
)
case(
    "notion_plain_list_single",
    "Name,E-mail,Role,Can teach,Wants to learn\nAna,ana@a.example,Mentor,Excel (https://www.notion.so/Excel-0a1b?pvs=21),\nBen,ben@a.example,Mentee,,Excel (https://www.notion.so/Excel-0a1b?pvs=21)\n",
    expect={"ana@a.example": {"offers": {"Excel"}}, "ben@a.example": {"seeks": {"Excel"}}},
)
case(
    "airtable_collaborator_role_list",
    'Name,Email,Role,Can teach,Wants to learn\nAna,ana@a.example,"Mentor,Mentee","Excel,Video",Chess\nBen,ben@a.example,Mentee,,"Video,Excel"\n',
    expect={
        "ana@a.example": {"role": "both", "offers": {"Excel", "Video"}},
        "ben@a.example": {"role": "mentee"},
    },
)
case(
    "offers_and_seeks_one_heading_twice",
    """id,role,Skills,Skills
a,mentor,Excel,
b,mentee,,Excel
""",
    options={"mapping": {"column C": "offers", "column D": "seeks"}},
    expect={"a": {"offers": {"Excel"}}, "b": {"seeks": {"Excel"}}},
)
case(
    "id_twice_same_heading",
    "Email,Role,Can teach,Wants to learn,Email\nana@a.example,mentor,Excel,,ana@a.example\nben@a.example,mentee,,Excel,ben@a.example\n",
    expect={"ana@a.example": {}, "ben@a.example": {}},
)
case(
    "name_column_contacts",
    "Nom;Rôle;Peut transmettre;Souhaite apprendre\nAna Silva <ana@a.example>;Mentor;Excel;\nBen Li <ben@a.example>;Mentoré;;Excel\n",
    expect={"ana@a.example": {"name": "Ana Silva"}, "ben@a.example": {"name": "Ben Li"}},
)
case(
    "json_camel_ndjson_people",
    '{"userId":"a","workEmail":"ana@a.example","givenName":"Ana","familyName":"Silva","role":"mentor","offers":"Excel"}\n{"userId":"b","workEmail":"ben@a.example","givenName":"Ben","familyName":"Li","role":"mentee","seeks":"Excel"}\n',
    suffix=".ndjson",
    expect={"a": {"name": "Ana Silva", "email": "ana@a.example"}, "b": {}},
)
case(
    "torn_single_word",
    'id,role,offers,seeks\na,mentor,"Sales, marketing, Excel",\nb,mentor,"Sales, marketing",\nc,mentee,,"Excel"\n',
    asks="always",
    expect=None,
)
case(
    "dash_names_not_levels",
    "id;role;offers;seeks\na;mentor;Vidéo - montage;\nb;mentee;;Vidéo - montage\n",
    expect={"a": {"offers": {"Vidéo - montage"}}, "b": {"seeks": {"Vidéo - montage"}}},
)
case(
    "number_skill",
    "id;role;offers;seeks\na;mentor;365;\nb;mentee;;365\n",
    asks="perhaps",
    expect={"a": {"offers": {"365"}}, "b": {}},
)
case(
    "german_limesurvey",
    '"Antwort-ID","Datum Abgeschickt","Letzte Seite","Start-Sprache","E-Mail","Rolle","Ich kann zeigen [Excel]","Ich kann zeigen [Video]","Ich will lernen [Excel]","Ich will lernen [Video]"\n"1","2026-09-01 10:00:00","3","de","ana@a.example","Mentor","Ja","Nein","Nein","Nein"\n"2","","1","de","zed@a.example","Mentor","Ja","Nein","Nein","Nein"\n"3","2026-09-01 10:00:00","3","de","ben@a.example","Mentee","Nein","Nein","Nein","Ja"\n',
    options={"mapping": {"Rolle": "role", "Ich kann zeigen": "offers", "Ich will lernen": "seeks"}},
    asks="perhaps",
    expect={"ana@a.example": {"offers": {"Excel"}}, "ben@a.example": {"seeks": {"Video"}}},
)
case(
    "json_in_cells_brackets",
    'id,role,offers,seeks\na,mentor,"[""Excel"", ""Video""]",\nb,mentee,,"[""Video""]"\n',
    asks="perhaps",
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Video"}}},
)
case(
    "bracket_list_unquoted",
    'id,role,offers,seeks\na,mentor,"[Excel, Video]",\nb,mentee,,"[Video, Excel]"\n',
    asks="perhaps",
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Video", "Excel"}}},
)
case(
    "python_list_repr",
    "id,role,offers,seeks\na,mentor,\"['Excel', 'Video']\",\nb,mentee,,\"['Video']\"\n",
    asks="perhaps",
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Video"}}},
)
case(
    "bar_with_commas_identity",
    "id|role|offers|seeks\na|mentor|Excel,Video|\nb|mentee||Video,Excel\n",
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Video", "Excel"}}},
)
case(
    "heading_row_option",
    "x,y,z,w\nfoo,bar,baz,qux\nid,role,offers,seeks\na,mentor,Excel,\nb,mentee,,Excel\n",
    options={"heading_row": 3},
    expect={"a": {}, "b": {}},
)
case(
    "title_row_has_known_word",
    "Mentor,,,\nid,role,offers,seeks\na,mentor,Excel,\nb,mentee,,Excel\n",
    expect={"a": {}, "b": {}},
)


case(
    "gf_french_checkbox_etc",
    """Horodateur,Adresse e-mail,Je suis,"Parmi ces sujets, lesquels maîtrisez-vous ?","Quels sujets aimeriez-vous découvrir ?",Vos objectifs
20/09/2026 10:00:00,a@x.example,Mentor,"Réseaux sociaux (LinkedIn, Instagram, etc.), Outils bureautiques (Excel, Word…)",,"Partager, transmettre"
21/09/2026 10:00:00,b@x.example,Mentoré(e),,"Outils bureautiques (Excel, Word…), Intelligence artificielle (ChatGPT, Copilot)",Apprendre
22/09/2026 10:00:00,c@x.example,Mentor,"Intelligence artificielle (ChatGPT, Copilot)",,Partager
""",
    options={
        "mapping": {
            "Je suis": "role",
            "Parmi ces sujets, lesquels maîtrisez-vous ?": "offers",
            "Quels sujets aimeriez-vous découvrir ?": "seeks",
            "Vos objectifs": "goals",
        }
    },
    asks="perhaps",
    after={"separator": {"goals": ", "}},
    expect={
        "a@x.example": {
            "offers": {"Réseaux sociaux (LinkedIn, Instagram, etc.)", "Outils bureautiques (Excel, Word…)"}
        },
        "b@x.example": {
            "seeks": {"Outils bureautiques (Excel, Word…)", "Intelligence artificielle (ChatGPT, Copilot)"}
        },
        "c@x.example": {},
    },
)
case(
    "ms_colon_options",
    """ID,Start time,Completion time,Email,Name,Role,I can teach,I want to learn
1,10/9/2024 11:02,10/9/2024 11:09,a@x.example,A,Mentor,"Excel: pivot tables, charts;Data: SQL, Python;",
2,10/9/2024 11:02,10/9/2024 11:09,b@x.example,B,Mentee,,"Data: SQL, Python;"
""",
    expect={
        "a@x.example": {"offers": {"Excel: pivot tables, charts", "Data: SQL, Python"}},
        "b@x.example": {"seeks": {"Data: SQL, Python"}},
    },
)
case(
    "ms_likert_statement_columns",
    """ID,Start time,Completion time,Email,Name,Role,Excel,Video,I want to learn
1,10/9/2024 11:02,10/9/2024 11:09,a@x.example,A,Mentor,Expert,Beginner,
2,10/9/2024 11:02,10/9/2024 11:09,b@x.example,B,Mentee,,,Excel;
""",
    options={"mapping": {"Excel": "offers", "Video": "offers"}},
    expect={"a@x.example": {"offers": {"Excel": 5, "Video": 1}}, "b@x.example": {"seeks": {"Excel"}}},
)
case(
    "grid_numbers_1_5",
    "Timestamp,Email Address,Role,Level [Excel],Level [Video],Wish [Excel],Wish [Video]\n1/13/2026 9:00,a@x.example,mentor,5,2,,\n1/13/2026 9:00,b@x.example,mentee,,,3,1\n1/13/2026 9:00,c@x.example,mentee,,,3,3\n",
    options={"mapping": {"Level": "offers", "Wish": "seeks"}},
    expect={
        "a@x.example": {"offers": {"Excel": 5, "Video": 2}},
        "b@x.example": {"seeks": {"Excel": 3, "Video": 1}},
        "c@x.example": {"seeks": {"Excel": 3, "Video": 3}},
    },
)
case(
    "grid_numbers_with_labels",
    "Timestamp,Email Address,Role,Level [Excel],Level [Video],Wants to learn\n1/13/2026 9:00,a@x.example,mentor,5 - Expert,2 - Basic,\n1/13/2026 9:00,b@x.example,mentee,,,Excel\n",
    options={"mapping": {"Level": "offers"}},
    asks="perhaps",
    expect={"a@x.example": {"offers": {"Excel": 5, "Video": 2}}, "b@x.example": {}},
)
case(
    "rank_question_classez",
    "Horodateur,Adresse e-mail,Rôle,Peut transmettre,Classez ce que vous voulez apprendre [Excel],Classez ce que vous voulez apprendre [Vidéo],Classez ce que vous voulez apprendre [Montage]\n13/01/2026 9:00,a@x.example,Mentor,Excel,,,\n13/01/2026 9:00,b@x.example,Mentoré,,2,1,3\n",
    options={"mapping": {"Classez ce que vous voulez apprendre": "seeks"}},
    expect={"a@x.example": {}, "b@x.example": {"seeks": {"Excel": 2, "Vidéo": 3, "Montage": 1}}},
)
case(
    "rank_values_first_second",
    "Timestamp,Email Address,Role,Can teach,Rank your wishes [First],Rank your wishes [Second]\n1/13/2026 9:00,a@x.example,mentor,Excel,,\n1/13/2026 9:00,b@x.example,mentee,,Excel,Video\n",
    options={"mapping": {"Rank your wishes": "seeks"}},
    asks="perhaps",
    expect={"a@x.example": {}, "b@x.example": {"seeks": {"Excel": 3, "Video": 2}}},
)
case(
    "typeform_other_column_named",
    "#,E-mail,Role,Excel,Video,Other,Video editing,What do you want to learn?,Response Type,Start Date (UTC),Submit Date (UTC),Network ID,Tags\nx1,a@x.example,Mentor,Excel,,Chess,,,completed,2026-01-13 09:00:00,2026-01-13 09:00:00,1,\nx2,b@x.example,Mentee,,,,,Excel,completed,2026-01-13 09:00:00,2026-01-13 09:00:00,1,\n",
    options={
        "mapping": {
            "Excel": "offers",
            "Video": "offers",
            "Other": "offers",
            "Video editing": "offers",
            "What do you want to learn?": "seeks",
        }
    },
    expect={"a@x.example": {"offers": {"Excel", "Chess"}}, "b@x.example": {"seeks": {"Excel"}}},
)
case(
    "workday_csv_footer_and_sep",
    'sep=,\r\nMentoring Report,,,,,\r\nAs of 2026-09-01,,,,,\r\n,,,,,\r\nEmployee ID,Worker,Participant Role,Skills Offered,Skills Wanted,Manager ID\r\n"=""00417""",Ana Silva,Mentor,Excel,,"=""00418"""\r\n"=""00418""",Ben Li,Mentee,,Excel,\r\n,,,,,\r\nTotal Workers: 2,,,,,\r\n',
    expect={"00417": {"manager_id": "00418", "offers": {"Excel"}}, "00418": {}},
)
case(
    "lf_only_macroman_semicolon_accented_headings",
    "Matricule;Prénom;Nom;Rôle;Compétences proposées;Compétences recherchées\n1;Zoë;Élie;Mentor;Création vidéo;\n2;Noël;Hémard;Mentorée;;Création vidéo\n",
    encoding="mac_roman",
    expect={"1": {"name": "Zoë Élie", "offers": {"Création vidéo"}}, "2": {}},
)
case(
    "cp1252_quotes",
    "Matricule;Nom;Rôle;Compétences proposées;Compétences recherchées\n1;D’Élie;Mentor;L’IA « générative »;\n2;Hémard;Mentoré;;L’IA « générative »\n",
    encoding="cp1252",
    expect={"1": {"name": "D’Élie", "offers": {"L’IA « générative »"}}, "2": {}},
)
case(
    "utf16_semicolon",
    "Matricule;Nom;Rôle;Compétences proposées;Compétences recherchées\r\n1;Élie;Mentor;Vidéo;\r\n2;Hémard;Mentoré;;Vidéo\r\n",
    encoding="utf-16",
    expect={"1": {}, "2": {}},
)
case(
    "xlsx_title_and_merged_section_over_known",
    build=workbook(
        {
            "S": [
                ["Identité", None, None, "Mentorat", None, None],
                ["Matricule", "Nom", "Prénom", "Rôle", "Compétences proposées", "Compétences recherchées"],
                ["1", "Silva", "Ana", "Mentor", "Excel", None],
                ["2", "Li", "Ben", "Mentoré", None, "Excel"],
            ]
        },
        after=lambda b: (b["S"].merge_cells("A1:C1"), b["S"].merge_cells("D1:F1")),
    ),
    suffix=".xlsx",
    expect={"1": {"name": "Ana Silva", "offers": {"Excel"}}, "2": {}},
)
case(
    "xlsx_people_below_pivot_of_counts",
    build=workbook(
        {
            "S": [
                ["Mentors", "12"],
                ["Mentees", "14"],
                [],
                ["id", "role", "offers", "seeks"],
                ["a", "mentor", "Excel", None],
                ["b", "mentee", None, "Excel"],
            ]
        }
    ),
    suffix=".xlsx",
    expect={"a": {}, "b": {}},
)
case(
    "xlsx_blank_rows_between",
    build=workbook(
        {
            "S": [
                ["id", "role", "offers", "seeks"],
                ["a", "mentor", "Excel", None],
                [],
                ["b", "mentee", None, "Excel"],
                [],
                [],
                ["c", "mentee", None, "Excel"],
            ]
        }
    ),
    suffix=".xlsx",
    expect={"a": {}, "b": {}, "c": {}},
)
case(
    "people_after_blank_row_two_cells",
    "id,role,offers,seeks\na,mentor,Excel,\n\nb,mentee,,\n",
    expect={"a": {}, "b": {"role": "mentee"}},
)
case(
    "role_file_person_after_blank_row",
    mentors="id,offers,department,location\na,Excel,IT,Paris\n\nz,Video,,\n",
    mentees="id,seeks\nb,Excel\n",
    expect={"a": {}, "z": {"role": "mentor", "offers": {"Video"}}, "b": {}},
)
case(
    "scim_title_skill_extension",
    mentors=list_response(
        {
            "id": "u1",
            "userName": "ana@x.example",
            "displayName": "Ana",
            "emails": [{"value": "ana@x.example"}],
        }
    ),
    mentees=list_response(
        {"id": "u2", "userName": "ben@x.example", "name": {"givenName": "Ben", "familyName": "Li"}}
    ),
    suffix=".json",
    options={"format": "scim"},
    asks="perhaps",
    expect={"u1": {"email": "ana@x.example"}, "u2": {"name": "Ben Li"}},
)
case(
    "bamboohr_api_wrapped",
    '{"title":"Report","fields":[{"id":"employeeNumber","type":"text"}],"employees":[{"employeeNumber":"1","firstName":"Ana","lastName":"Silva","role":"mentor","offers":"Excel"},{"employeeNumber":"2","firstName":"Ben","lastName":"Li","role":"mentee","seeks":"Excel"}]}',
    suffix=".json",
    asks="perhaps",
    expect={"1": {"name": "Ana Silva"}, "2": {}},
)
case(
    "availability_grid_unmapped_dash",
    "Timestamp,Email Address,Role,Can teach,Wants to learn,Free? [Mon],Free? [Tue],Free? [Wed],Free? [Thu],Free? [Fri]\n1/13/2026 9:00,a@x.example,mentor,Excel,,-,N/A,AM,-,-\n1/13/2026 9:00,b@x.example,mentee,,Excel,AM,N/A,N/A,-,-\n",
    expect={"a@x.example": {}, "b@x.example": {}},
)
case(
    "lists_spaces_around_slash_and_semicolons",
    "id,role,offers,seeks\na,mentor,UX/UI design; Excel,\nb,mentee,,Excel / UX/UI design\n",
    expect={"a": {"offers": {"UX/UI design", "Excel"}}, "b": {"seeks": {"Excel", "UX/UI design"}}},
)
case(
    "semicolon_trailing_and_double",
    'id,role,offers,seeks\na,mentor,"Excel;;Video; ;",\nb,mentee,,";Excel;"\n',
    expect={"a": {"offers": {"Excel", "Video"}}, "b": {"seeks": {"Excel"}}},
)
case(
    "comma_with_levels_parentheses",
    "id;role;offers;seeks\na;mentor;Excel (4), Vidéo (2);\nb;mentee;;Vidéo (3), Excel (1)\n",
    asks="perhaps",
    expect={"a": {"offers": {"Excel": 4, "Vidéo": 2}}, "b": {"seeks": {"Vidéo": 3, "Excel": 1}}},
)
case(
    "comma_colon_levels",
    "id;role;offers;seeks\na;mentor;Excel:4, Vidéo:2;\nb;mentee;;Vidéo:3, Excel\n",
    expect={"a": {"offers": {"Excel": 4, "Vidéo": 2}}, "b": {"seeks": {"Vidéo": 3, "Excel": 2}}},
)
case(
    "comma_spaces_only_dates",
    "id;role;offers;seeks;dtBirth\na;mentor;Excel;;1990-05-04T00:00:00\nb;mentee;;Excel;04.05.1970\n",
    expect={"a": {"birth_date": date(1990, 5, 4)}, "b": {"birth_date": date(1970, 5, 4)}},
)
case(
    "two_heads_unrelated_second_empty_first",
    "Name,,Role,Offers,Seeks\nFirst,Last,,,\nAna,Silva,mentor,Excel,\nBen,Li,mentee,,Excel\n",
    asks="perhaps",
    after=None,
    expect={"Ana Silva": {}, "Ben Li": {}},
)
case(
    "survey_two_rows_with_ids_in_first",
    "id,role,Can teach,,Wants to learn,\n,,Excel,Video,Excel,Video\na,mentor,1,0,,\nb,mentee,,,0,1\n",
    expect={"a": {"offers": {"Excel"}}, "b": {"seeks": {"Video"}}},
)
case(
    "option_x_upper_french_grid",
    "Matricule;Rôle;Je peux transmettre [Excel];Je peux transmettre [Vidéo];Je souhaite apprendre [Excel];Je souhaite apprendre [Vidéo]\n1;Mentor;X;;;\n2;Mentoré;;;X;X\n",
    expect={"1": {"offers": {"Excel"}}, "2": {"seeks": {"Excel", "Vidéo"}}},
)
case(
    "sharepoint_lookup",
    "ID;Titre;Rôle;Peut transmettre;Souhaite apprendre;E-mail\n1;Ana;Mentor;Excel\\;#Vidéo;;a@x.example\n2;Ben;Mentoré;;Vidéo;b@x.example\n",
    asks="perhaps",
    expect=None,
)
case(
    "ids_reused_numbers_form",
    "ID,Start time,Completion time,Email,Name,Matricule,Role,I can teach,I want to learn\n1,7/27/26 19:06:23,7/27/26 19:09:00,anonymous,,00417,Mentor,Excel;,\n2,7/27/26 19:06:23,7/27/26 19:09:00,anonymous,,00418,Mentee,,Excel;\n",
    expect={"00417": {}, "00418": {}},
)
case(
    "airtable_id_field",
    'Record ID,Name,Role,Can teach,Wants to learn\nrec1,Ana,Mentor,"Excel,Video",\nrec2,Ben,Mentee,,"Video,Excel"\n',
    options={"id": "Record ID"},
    expect={"rec1": {"offers": {"Excel", "Video"}, "name": "Ana"}, "rec2": {}},
)
case(
    "no_role_two_skill_columns_one_file",
    "E-mail,Peut transmettre,Souhaite apprendre\na@x.example,Excel,Vidéo\nb@x.example,Vidéo,Excel\n",
    asks="always",
    expect=None,
)
case(
    "lucca_mail_id",
    "mail;firstName;lastName;dtBirth;dtContractStart;department;manager;role;offers;seeks\na@x.example;Ana;Silva;25/12/1990;01/02/2015;Ventes;Silva Ana;mentor;Excel;\nb@x.example;Ben;Li;31/01/1970;01/02/2010;Ventes;Ana Silva;mentee;;Excel\n",
    expect={
        "a@x.example": {"manager_id": None, "birth_date": date(1990, 12, 25)},
        "b@x.example": {"manager_id": "a@x.example"},
    },
)
case(
    "mixed_line_ends_blank_tail",
    "id,role,offers,seeks\r\na,mentor,Excel,\r\nb,mentee,,Excel\n\r\n\r\n,,,\r\n",
    expect={"a": {}, "b": {}},
)
case(
    "tab_with_commas",
    "E-mail\tRole\tWhat can you teach, exactly?\tI want to learn\na@x.example\tmentor\tExcel, Video\t\nb@x.example\tmentee\t\tVideo\n",
    options={"mapping": {"What can you teach, exactly?": "offers"}},
    suffix=".txt",
    expect={"a@x.example": {"offers": {"Excel", "Video"}}, "b@x.example": {}},
)
case(
    "notion_multiselect_semicolon_none",
    'Name,E-mail,Role,Can teach,Wants to learn\nAna,a@x.example,Mentor,"Excel, Video, None",\nBen,b@x.example,Mentee,N/A,"Video, Excel"\n',
    expect={"a@x.example": {"offers": {"Excel", "Video"}}, "b@x.example": {"offers": set()}},
)
