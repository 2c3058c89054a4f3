using System.Text;

namespace BroadcastCaptions.Terminal;

/// <summary>
/// Windows' consoles come with a code page from before Unicode, and what goes into files and pipes follows it: words would lose letters,
/// and --json would not be JSON. While this lives, output is UTF-8; elsewhere it always is.
/// </summary>
internal sealed class Utf8Output : IDisposable
{
    private readonly Encoding? _before;

    /// <summary>Before anything is written.</summary>
    public Utf8Output()
    {
        if (!OperatingSystem.IsWindows()) return;
        _before = Console.OutputEncoding;
        Set(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>The console is the user's again, as it was.</summary>
    public void Dispose()
    {
        if (_before is not null) Set(_before);
    }

    private static void Set(Encoding encoding)
    {
        try
        {
            Console.OutputEncoding = encoding;
        }
        catch (IOException)
        {
            // There is no console at all: nothing has a code page.
        }
    }
}
