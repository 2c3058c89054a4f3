using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.Audio.Wasapi.Native;

namespace BroadcastCaptions.Audio.Tests.Wasapi;

/// <summary>A microphone of Windows as far as IAudioClient and IAudioCaptureClient go: tables of methods in memory, on any system.</summary>
internal sealed unsafe class FakeWindowsDevice : IDisposable
{
    private const int Slots = 15;
    private const int Gone = unchecked((int)0x88890004);
    private const int WarmUp = 20;

    private readonly ConcurrentQueue<Packet> _packets = new();
    private readonly GCHandle _self;
    private readonly nint* _memory; // [table of the client, us][table of the capture client, us][two tables]
    private readonly float* _samples;
    private long _allocated, _before;
    private int _asked;

    public FakeWindowsDevice()
    {
        _self = GCHandle.Alloc(this);
        _memory = (nint*)NativeMemory.AllocZeroed(4 + (2 * Slots), (nuint)nint.Size);
        _samples = (float*)NativeMemory.AllocZeroed(Rate * Channels, sizeof(float));
        (_memory[0], _memory[1]) = ((nint)(_memory + 4), GCHandle.ToIntPtr(_self));
        (_memory[2], _memory[3]) = ((nint)(_memory + 4 + Slots), GCHandle.ToIntPtr(_self));
        var client = _memory + 4;
        client[2] = (nint)(delegate* unmanaged<nint, uint>)&Release;
        client[3] = (nint)(delegate* unmanaged<nint, uint, StreamFlags, long, long, nint, Guid*, int>)&Initialize;
        client[4] = (nint)(delegate* unmanaged<nint, uint*, int>)&BufferFrames;
        client[8] = (nint)(delegate* unmanaged<nint, WaveFormat**, int>)&MixFormat;
        client[9] = (nint)(delegate* unmanaged<nint, long*, long*, int>)&Period;
        client[10] = client[11] = (nint)(delegate* unmanaged<nint, int>)&StartOrStop;
        client[13] = (nint)(delegate* unmanaged<nint, nint, int>)&Signal;
        client[14] = (nint)(delegate* unmanaged<nint, Guid*, nint*, int>)&Service;
        var capture = client + Slots;
        capture[2] = client[2];
        capture[3] = (nint)(delegate* unmanaged<nint, float**, uint*, BufferFlags*, ulong*, ulong*, int>)&Open;
        capture[4] = (nint)(delegate* unmanaged<nint, uint, int>)&Close;
        capture[5] = (nint)(delegate* unmanaged<nint, uint*, int>)&Next;
    }

    public const int Rate = 48_000, Channels = 2;

    /// <summary>What records it.</summary>
    public AudioClient Client => new((nint)_memory);

    /// <summary>Has it been pulled out?</summary>
    public bool IsGone { get; set; }

    /// <summary>Has all that was delivered been taken?</summary>
    public bool IsEmpty => _packets.IsEmpty;

    /// <summary>What the thread that takes it has allocated since it took some, in bytes.</summary>
    public long Allocated => Volatile.Read(ref _allocated);

    /// <summary>Delivers frames, all of one value.</summary>
    public void Deliver(ulong position, uint frames, float value, BufferFlags flags = BufferFlags.None) => _packets.Enqueue(new Packet(position, frames, value, flags));

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        NativeMemory.Free(_samples);
        _self.Free();
    }

    private static FakeWindowsDevice Of(nint self) => Unsafe.As<FakeWindowsDevice>(GCHandle.FromIntPtr(((nint*)self)[1]).Target!);

    [UnmanagedCallersOnly]
    private static uint Release(nint self) => 0;

    [UnmanagedCallersOnly]
    private static int Initialize(nint self, uint mode, StreamFlags flags, long buffer, long period, nint format, Guid* session) => 0;

    [UnmanagedCallersOnly]
    private static int BufferFrames(nint self, uint* frames)
    {
        *frames = Rate / 2;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int MixFormat(nint self, WaveFormat** format)
    {
        *format = (WaveFormat*)Marshal.AllocCoTaskMem(sizeof(WaveFormat));
        **format = new WaveFormat { Tag = WaveFormat.Extensible, Channels = Channels, Rate = Rate, SampleBits = 32, Kind = WaveFormat.FloatKind };
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Period(nint self, long* usual, long* least)
    {
        (*usual, *least) = (100_000, 30_000);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int StartOrStop(nint self) => 0;

    [UnmanagedCallersOnly]
    private static int Signal(nint self, nint handle) => 0;

    [UnmanagedCallersOnly]
    private static int Service(nint self, Guid* kind, nint* service)
    {
        *service = (nint)(Of(self)._memory + 2);
        return *kind == CaptureClient.Interface ? 0 : -1;
    }

    [UnmanagedCallersOnly]
    private static int Next(nint self, uint* frames)
    {
        var device = Of(self);
        if (device._asked++ == WarmUp) device._before = GC.GetAllocatedBytesForCurrentThread();
        if (device._asked > WarmUp) Volatile.Write(ref device._allocated, GC.GetAllocatedBytesForCurrentThread() - device._before);
        *frames = device._packets.TryPeek(out var packet) ? packet.Frames : 0;
        return device.IsGone ? Gone : 0;
    }

    [UnmanagedCallersOnly]
    private static int Open(nint self, float** samples, uint* frames, BufferFlags* flags, ulong* position, ulong* time)
    {
        var device = Of(self);
        device._packets.TryPeek(out var packet);
        *samples = device._samples;
        (*frames, *flags, *position, *time) = (packet.Frames, packet.Flags, packet.Position, 0);
        new Span<float>(device._samples, (int)packet.Frames * Channels).Fill(packet.Value);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Close(nint self, uint frames)
    {
        Of(self)._packets.TryDequeue(out _);
        return 0;
    }

    private readonly record struct Packet(ulong Position, uint Frames, float Value, BufferFlags Flags);
}
