using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BroadcastCaptions.Audio.Pulse.Native;

/// <summary>pa_sample_spec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SampleSpec
{
    public const int Float32LittleEndian = 5;

    public int Format;
    public uint Rate;
    public byte Channels;
}

/// <summary>pa_channel_map: which loudspeaker each channel belongs to. We only hand back what the server gave.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ChannelMap
{
    public byte Channels;
    public Positions Map;

    /// <summary>PA_CHANNELS_MAX positions.</summary>
    [InlineArray(32)]
    internal struct Positions
    {
        private int _first;
    }
}

/// <summary>pa_buffer_attr: bytes; uint.MaxValue is the server's own choice.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BufferAttributes
{
    public uint MaximumLength;
    public uint TargetLength;
    public uint Prebuffer;
    public uint MinimumRequest;
    public uint FragmentSize;
}

/// <summary>The beginning of pa_server_info (64-bit).</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct ServerInfo
{
    [FieldOffset(56)]
    public byte* DefaultSource;
}

/// <summary>The beginning of pa_source_info (64-bit).</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct SourceInfo
{
    [FieldOffset(0)]
    public byte* Name;

    [FieldOffset(8)]
    public uint Index;

    [FieldOffset(16)]
    public byte* Description;

    [FieldOffset(24)]
    public SampleSpec Spec;

    [FieldOffset(36)]
    public ChannelMap Map;

    [FieldOffset(312)]
    public byte* MonitorOfSink;
}

/// <summary>The beginning of pa_sink_info (64-bit).</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct SinkInfo
{
    [FieldOffset(0)]
    public byte* Name;

    [FieldOffset(16)]
    public byte* Description;
}

/// <summary>pa_context_state_t.</summary>
internal enum ContextState
{
    Ready = 4,
    Failed = 5,
    Terminated = 6,
}

/// <summary>pa_stream_state_t.</summary>
internal enum StreamState
{
    Ready = 2,
    Failed = 3,
    Terminated = 4,
}

/// <summary>pa_subscription_mask_t and pa_subscription_event_type_t.</summary>
internal static class Subscription
{
    public const uint Sources = 0x2;

    public const uint EventBits = 0x3F, SourceRemoved = 0x21;
}

/// <summary>pa_stream_flags_t.</summary>
[Flags]
internal enum StreamFlags : uint
{
    None = 0,
    InterpolateTiming = 0x2,
    AutoTimingUpdate = 0x8,
    DontMove = 0x200,
    AdjustLatency = 0x2000,
}
