using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>libobs's obs_audio_data, and audio_data, which is laid out alike: up to 8 planes of 32-bit floats.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AudioData
{
    /// <summary>Most planes that libobs knows.</summary>
    public const int MostPlanes = 8;

    /// <summary>Pointers to the planes. Beyond the host's last channel they may be anything.</summary>
    public Pointers Planes;

    /// <summary>Samples of each plane.</summary>
    public uint Frames;

    /// <summary>The host's timestamp: local to the media for media sources, and so of no use here.</summary>
    public ulong Timestamp;

    /// <summary>Eight pointers.</summary>
    [InlineArray(MostPlanes)]
    internal struct Pointers
    {
        private nint _first;
    }
}
