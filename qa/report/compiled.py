"""Templates of reports, compiled: kept in the user's cache folder, and believed where nobody else can write."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import compiler
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from qa.kept import cache_folder, is_ours


class CompiledTemplates(FileSystemBytecodeCache):
    """``settings`` is the module that sets up the environment of the templates: it decides what they compile to."""

    def __init__(self, settings: str) -> None:
        super().__init__(str(cache_folder() / "templates"), f"{sys.implementation.cache_tag}-%s.bin")
        self._made_by = "".join(Path(file).read_text("utf-8") for file in (settings, compiler.__file__))

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(name)  # wherever it is installed: no files are left behind by what is no more

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self._made_by + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        # A spoilt file is as good as none, however it is spoilt.
        with suppress(Exception), Path(self._get_cache_filename(bucket)).open("rb") as file:
            if is_ours(file):
                bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # a folder that cannot be written to costs nothing but time
            Path(self.directory).mkdir(0o700, parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
