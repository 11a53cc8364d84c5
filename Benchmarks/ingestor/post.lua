-- Posts documents that all differ: the number in the title is another bulletin each time.
local file = io.open(os.getenv("DOCUMENT"), "rb")
local document = file:read("*a")
file:close()
local number = 0
local headers = { ["Content-Type"] = "text/plain; charset=utf-8" }

function request()
    number = number + 1
    return wrk.format("POST", nil, headers, (document:gsub("NUMBER", tostring(number))))
end
