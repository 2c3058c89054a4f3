using System.Globalization;
using BroadcastCaptions.Speech.Catalogue;

namespace BroadcastCaptions.Choosing;

/// <summary>Does a model fit this machine's memory and disk?</summary>
/// <param name="Memory">Bytes of memory that this process may have.</param>
/// <param name="Disk">Free bytes where models lie.</param>
internal sealed record MachineFit(long Memory, long Disk)
{
    /// <summary>Reading a model takes about twice its size for a moment.</summary>
    private const double MemoryPerByte = 2;

    /// <summary>What the program takes beside its model.</summary>
    private const long Program = 200_000_000;

    /// <summary>This machine; the disk of that folder, or of the nearest one above it that exists.</summary>
    public static MachineFit Here(string folder)
    {
        var at = Path.GetFullPath(folder);
        while (!Directory.Exists(at) && Path.GetDirectoryName(at) is { } above) at = above;
        return new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, new DriveInfo(at).AvailableFreeSpace);
    }

    /// <summary>What it lacks, in words; empty where it fits. A guess by its size, where that is known.</summary>
    public string Lacks(ModelStatus status)
    {
        var memory = (long)(status.Model.Size * MemoryPerByte) + Program;
        var disk = status.State == InstallState.Installed ? 0 : status.Model.Size - status.Present;
        return memory > Memory ? $"needs about {Gigabytes(memory)} GB of memory, {Gigabytes(Memory)} are here"
            : disk > Disk ? $"needs {Gigabytes(disk)} GB on the disk, {Gigabytes(Disk)} are free"
            : "";
    }

    private static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture);
}
