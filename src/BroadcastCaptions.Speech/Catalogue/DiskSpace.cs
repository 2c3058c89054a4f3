using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Asks before a download whether it will fit.</summary>
/// <param name="free">Free bytes on the drive of a folder.</param>
internal sealed class DiskSpace(Func<string, long> free)
{
    public static DiskSpace Real { get; } = new(static folder => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace);

    /// <exception cref="CaptionsException">It will not fit.</exception>
    public void Require(string folder, long bytes, string what)
    {
        var available = free(folder);
        if (available >= bytes) return;
        throw new CaptionsException(
            $"{what} needs {Megabytes(bytes)} MB in {folder}, where {Megabytes(available)} MB are free.",
            "Make room there, or name another folder as model.folder in captions.json.");
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0");
}
