using System.Runtime.InteropServices;

namespace BroadcastCaptions.Audio.Wasapi.Native;

/// <summary>EDataFlow.</summary>
internal enum DataFlow
{
    Render = 0,
    Capture = 1,
}

/// <summary>PROPERTYKEY.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct PropertyKey(Guid category, uint id)
{
    public readonly Guid Category = category;
    public readonly uint Id = id;
}

/// <summary>PROPVARIANT, as far as it holds texts.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PropertyValue
{
    public const ushort Text = 31; // VT_LPWSTR

    public ushort Kind;
    public ushort Reserved1, Reserved2, Reserved3;
    public nint Pointer;
    public nint Rest;
}

/// <summary>WAVEFORMATEXTENSIBLE; where <see cref="Tag"/> says otherwise, only WAVEFORMATEX is there.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct WaveFormat
{
    public const ushort Float = 3, Extensible = 0xFFFE;

    /// <summary>KSDATAFORMAT_SUBTYPE_IEEE_FLOAT.</summary>
    public static readonly Guid FloatKind = new("00000003-0000-0010-8000-00aa00389b71");

    public ushort Tag;
    public ushort Channels;
    public uint Rate;
    public uint BytesPerSecond;
    public ushort FrameBytes;
    public ushort SampleBits;
    public ushort ExtraBytes;
    public ushort ValidBits;
    public uint ChannelMask;
    public Guid Kind;
}

/// <summary>AUDCLNT_STREAMFLAGS.</summary>
[Flags]
internal enum StreamFlags : uint
{
    None = 0,
    Loopback = 0x0002_0000,
    EventCallback = 0x0004_0000,
}

/// <summary>AUDCLNT_BUFFERFLAGS.</summary>
[Flags]
internal enum BufferFlags : uint
{
    None = 0,
    Discontinuity = 1,
    Silent = 2,
    TimestampError = 4,
}
