// Writes ZIP archives whose headers can say something else than what is in them.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

import { deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  readonly isStored?: boolean;
  /** What the headers say, where that is not the truth. */
  readonly size?: number;
  readonly compressedSize?: number;
  readonly crc?: number;
  readonly method?: number;
  readonly offset?: number;
}

/** `count`: how many entries the end says that there are. */
export function zipOf(entries: readonly ZipEntry[], count = entries.length): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = entry.isStored ? entry.content : deflateRawSync(entry.content);
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.method ?? (entry.isStored ? 0 : 8), 4);
    common.writeUInt32LE(unsigned(entry.crc ?? 0), 10);
    common.writeUInt32LE(unsigned(entry.compressedSize ?? data.length), 14);
    common.writeUInt32LE(unsigned(entry.size ?? entry.content.length), 18);
    common.writeUInt16LE(name.length, 22);
    const start = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), common, name, data]);
    const places = Buffer.alloc(14);
    places.writeUInt32LE(unsigned(entry.offset ?? offset), 10);
    central.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\0", "latin1"), common, places, name]));
    local.push(start);
    offset += start.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count & 0xffff, 4);
  end.writeUInt16LE(count & 0xffff, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from("PK\u0005\u0006", "latin1"), end]);
}

const unsigned = (value: number): number => value >>> 0;
