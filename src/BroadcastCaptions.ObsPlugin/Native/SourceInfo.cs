using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>
/// libobs's obs_source_info as OBS 28 has it: 400 bytes. It only ever grows at its end, and hosts fill what is missing with zeros, so this size
/// fits every OBS since.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal struct SourceInfo
{
    public const int Size = 400;

    /// <summary>An input of a scene.</summary>
    public const int Input = 0;

    /// <summary>A filter of a source.</summary>
    public const int Filter = 1;

    /// <summary>Flag: it has to do with sound.</summary>
    public const uint Audio = 1 << 1;

    /// <summary>Flag: do not duplicate it with its scene.</summary>
    public const uint DoNotDuplicate = 1 << 7;

    [FieldOffset(0)] public nint Id;
    [FieldOffset(8)] public int Type;
    [FieldOffset(12)] public uint OutputFlags;
    [FieldOffset(16)] public nint GetName;
    [FieldOffset(24)] public nint Create;
    [FieldOffset(32)] public nint Destroy;
    [FieldOffset(56)] public nint GetDefaults;
    [FieldOffset(64)] public nint GetProperties;
    [FieldOffset(72)] public nint Update;
    [FieldOffset(136)] public nint FilterAudio;
    [FieldOffset(208)] public nint FilterRemove;
}
