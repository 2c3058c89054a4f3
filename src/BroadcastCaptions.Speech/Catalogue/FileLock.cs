namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>A lock between processes: a file that only one may hold open. It ends with the process that holds it.</summary>
internal static class FileLock
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until no other process (or task) holds the lock. Dispose the result to let go.</summary>
    public static async Task<IDisposable> AcquireAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeldByAnother(e))
            {
                await Task.Delay(AskAgain, time, cancellation);
            }
        }
    }

    // Windows: ERROR_SHARING_VIOLATION. Elsewhere: EWOULDBLOCK of Linux, of macOS.
    private static bool IsHeldByAnother(IOException e) => (e.HResult & 0xFFFF) is var code
        && (OperatingSystem.IsWindows() ? code == 32 : code == (OperatingSystem.IsMacOS() ? 35 : 11));
}
