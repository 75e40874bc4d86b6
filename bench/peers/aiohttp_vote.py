"""The same endpoints by aiohttp, aiomysql and jinja2. Arguments: the port, MariaDB's socket."""
import json
import sys
from pathlib import Path

import aiomysql
import jinja2
from aiohttp import web

TEMPLATES = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True)
PAGE = TEMPLATES.get_template("question.html")


async def read(request, sql, args):
    async with request.app["pool"].acquire() as connection, connection.cursor(aiomysql.DictCursor) as cursor:
        await cursor.execute(sql, args)
        return await cursor.fetchall()


async def choices_of(request):
    sql = "SELECT id, delete_flag, choice_text, votes, question_id, create_time FROM choice WHERE question_id = %s ORDER BY id"
    return await read(request, sql, (request.match_info["question"],))


class Choices(web.View):
    async def get(self):
        return web.json_response(await choices_of(self.request), dumps=lambda data: json.dumps(data, default=str))


class Question(web.View):
    async def get(self):
        sql = "SELECT id, question_text FROM question WHERE id = %s"
        questions = await read(self.request, sql, (self.request.match_info["question"],))
        if not questions:
            raise web.HTTPNotFound()
        html = PAGE.render(question=questions[0], choices=await choices_of(self.request))
        return web.Response(text=html, content_type="text/html")


class Vote(web.View):
    async def put(self):
        question, user = int(self.request.match_info["question"]), int(self.request.headers["X-User"])
        choice = int((await self.request.json())["choice"])
        async with self.request.app["pool"].acquire() as connection, connection.cursor() as cursor:
            try:
                # The counter first: in the other order almost all concurrent voters deadlock.
                await connection.begin()
                counted = await cursor.execute(
                    "UPDATE choice SET votes = votes + 1 WHERE id = %s AND question_id = %s", (choice, question)
                )
                if not counted:
                    raise web.HTTPUnprocessableEntity()
                await cursor.execute(
                    "INSERT INTO vote (question_id, user_id, choice_id) VALUES (%s, %s, %s)", (question, user, choice)
                )
                await connection.commit()
            except BaseException:
                await connection.rollback()
                raise
        return web.json_response({"error_code": 0, "error_msg": "ok"})


async def pool(app):
    app["pool"] = await aiomysql.create_pool(unix_socket=sys.argv[2], user="root", db="peers", minsize=8, maxsize=8, autocommit=True)
    yield
    app["pool"].close()
    await app["pool"].wait_closed()


app = web.Application()
app.cleanup_ctx.append(pool)
app.router.add_view("/question/{question}/choice", Choices)
app.router.add_view("/questions/{question}", Question)
app.router.add_view("/questions/{question}/vote", Vote)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
