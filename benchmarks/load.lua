-- Sends prepared pushes, each once: a file with one "query<TAB>body" a line, from a given line on.
local queries, bodies, at = {}, {}, 0

function init(arguments)
    for line in io.lines(arguments[1]) do
        local query, body = line:match("^([^\t]*)\t(.*)$")
        queries[#queries + 1], bodies[#bodies + 1] = query, body
    end
    at = tonumber(arguments[2])
    wrk.headers["Content-Type"] = "text/xml"
end

function request()
    at = at % #bodies + 1
    return wrk.format("POST", "/wechat?" .. queries[at], nil, bodies[at])
end

function done(summary, latency, _)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format("\nRESULT %d %d %f %f %f\n", summary.requests, failed,
        summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e6, latency:percentile(99) / 1e6))
end
