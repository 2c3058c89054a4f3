using System.Buffers.Binary;
using System.Text;

namespace BroadcastCaptions.Audio.Tests.Support;

/// <summary>Writes WAV files as many programs do, well and badly.</summary>
internal sealed class WavWriter
{
    public int Rate { get; init; } = 16_000;

    public int Channels { get; init; } = 1;

    public ushort Tag { get; init; } = 1;

    public int Bits { get; init; } = 16;

    public bool Extensible { get; init; }

    /// <summary>RIFF, RF64 or BW64.</summary>
    public string Form { get; init; } = "RIFF";

    /// <summary>What the header says instead of the truth.</summary>
    public uint? DataSize { get; init; }

    public uint? RiffSize { get; init; }

    /// <summary>Chunks before the samples: their name and their length.</summary>
    public IReadOnlyList<(string Name, int Length)> Before { get; init; } = [];

    public byte[] Write(params ReadOnlySpan<double> samples)
    {
        var data = samples.ToArray().SelectMany(Encode).ToArray();
        var body = new List<byte>();
        if (Form != "RIFF") body.AddRange(Chunk("ds64", [.. BitConverter.GetBytes(0L), .. BitConverter.GetBytes((long)data.Length), .. new byte[12]]));
        body.AddRange(Chunk("fmt ", Format()));
        foreach (var (name, length) in Before) body.AddRange(Chunk(name, Enumerable.Repeat((byte)'x', length).ToArray()));
        body.AddRange(Encoding.ASCII.GetBytes("data"));
        body.AddRange(UInt32(DataSize ?? (Form == "RIFF" ? (uint)data.Length : uint.MaxValue)));
        body.AddRange(data);
        var riff = RiffSize ?? (Form == "RIFF" ? (uint)(body.Count + 4) : uint.MaxValue);
        return [.. Encoding.ASCII.GetBytes(Form), .. UInt32(riff), .. "WAVE"u8, .. body];
    }

    private byte[] Format()
    {
        var bytes = Bits / 8;
        byte[] plain =
        [
            .. UInt16(Extensible ? (ushort)0xFFFE : Tag), .. UInt16((ushort)Channels), .. UInt32((uint)Rate),
            .. UInt32((uint)(Rate * Channels * bytes)), .. UInt16((ushort)(Channels * bytes)), .. UInt16((ushort)Bits),
        ];
        if (!Extensible) return plain;
        byte[] restOfGuid = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        return [.. plain, .. UInt16(22), .. UInt16((ushort)Bits), .. UInt32(0), .. UInt16(Tag), .. restOfGuid];
    }

    private byte[] Encode(double sample) => (Tag, Bits) switch
    {
        (1, 8) => [(byte)Math.Round((sample * 128) + 128)],
        (1, 16) => BitConverter.GetBytes((short)Math.Round(sample * 32768)),
        (1, 24) => BitConverter.GetBytes((int)Math.Round(sample * 8388608))[..3],
        (1, 32) => BitConverter.GetBytes((int)Math.Round(sample * 2147483648)),
        (3, 32) => BitConverter.GetBytes((float)sample),
        (3, 64) => BitConverter.GetBytes(sample),
        _ => new byte[Bits / 8],
    };

    private static byte[] Chunk(string name, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(name), .. UInt32((uint)content.Length), .. content, .. new byte[content.Length & 1]];

    private static byte[] UInt16(ushort value) => BitConverter.GetBytes(value);

    private static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
