using System.Runtime.InteropServices;
using BroadcastCaptions.Audio.Devices;

namespace BroadcastCaptions.Audio.Wasapi.Native;

/// <summary>IAudioClient, shared with every other program.</summary>
internal sealed unsafe class AudioClient(nint self) : ComObject(self)
{
    /// <summary>Its interface's id.</summary>
    public static readonly Guid Interface = new("1CB9AD4C-DBFA-4c32-B178-C2F568A703B2");

    private const uint Shared = 0;

    /// <summary>Rate and channels at which Windows mixes this device, always in floats.</summary>
    /// <exception cref="DeviceException">It has gone, or mixes in something else.</exception>
    public AudioFormat Format(string what) => WithMixFormat(what, format => new AudioFormat((int)(*(WaveFormat*)format).Rate, (*(WaveFormat*)format).Channels));

    /// <summary>Sets it up in its own format.</summary>
    /// <param name="what">The device, for the message.</param>
    /// <param name="flags">How.</param>
    /// <param name="buffer">How much is kept for us while we are late, in 100 ns.</param>
    /// <exception cref="DeviceException">It does not let itself be recorded now.</exception>
    public void Initialize(string what, StreamFlags flags, long buffer) => Check(
        WithMixFormat(what, format => ((delegate* unmanaged[Stdcall]<nint, uint, StreamFlags, long, long, nint, Guid*, int>)Method(3))(Self, Shared, flags, buffer, 0, format, null)), what);

    /// <summary>Size of the buffer, in frames.</summary>
    public uint BufferFrames()
    {
        uint frames;
        return ((delegate* unmanaged[Stdcall]<nint, uint*, int>)Method(4))(Self, &frames) < 0 ? 0 : frames;
    }

    /// <summary>How often Windows hands audio over.</summary>
    public TimeSpan Period()
    {
        long usual, least;
        return ((delegate* unmanaged[Stdcall]<nint, long*, long*, int>)Method(9))(Self, &usual, &least) < 0 ? default : new TimeSpan(usual);
    }

    /// <summary>Which event is set when there is audio.</summary>
    public void Signal(nint handle, string what) => Check(((delegate* unmanaged[Stdcall]<nint, nint, int>)Method(13))(Self, handle), what);

    /// <summary>Begins.</summary>
    public void Start(string what) => Check(((delegate* unmanaged[Stdcall]<nint, int>)Method(10))(Self), what);

    /// <summary>Ends.</summary>
    public void Stop() => ((delegate* unmanaged[Stdcall]<nint, int>)Method(11))(Self);

    /// <summary>Where the audio is fetched.</summary>
    public CaptureClient Capture(string what)
    {
        nint service;
        fixed (Guid* kind = &CaptureClient.Interface)
            Check(((delegate* unmanaged[Stdcall]<nint, Guid*, nint*, int>)Method(14))(Self, kind, &service), what);
        return new CaptureClient(service);
    }

    private T WithMixFormat<T>(string what, Func<nint, T> use)
    {
        WaveFormat* format;
        Check(((delegate* unmanaged[Stdcall]<nint, WaveFormat**, int>)Method(8))(Self, &format), what);
        try
        {
            var isFloat = format->SampleBits == 32 && (format->Tag == WaveFormat.Float || (format->Tag == WaveFormat.Extensible && format->Kind == WaveFormat.FloatKind));
            return isFloat ? use((nint)format) : throw new DeviceException($"{what} is mixed in a format that is not understood ({format->Tag}, {format->SampleBits} bits).");
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)format);
        }
    }
}
